import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from '../http-deps.js';
import { errorToDomain } from './error-to-domain.js';
import { pathOf, sendProblem } from './send-problem.js';

const STATUS_INTERNAL = 500;

/** The last stop of everything that is thrown: each answer but a success is a problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: HttpDeps['log']) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = errorToDomain(error, request.routeOptions.url);
    const status = sendProblem(request, reply, known);
    if (status < STATUS_INTERNAL) return;
    const { id: requestId, method } = request;
    this.log({ requestId, method, path: pathOf(request.url), status, code: known.code, error });
  }
}
