import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { callerOf } from '../requests/caller.decorator.js';
import { Answer } from './answer.js';

const STATUS_NOT_MODIFIED = 304;

/** Puts an `Answer` on the wire: its ETag, the language of its labels, 304 where the caller has it already. */
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next
      .handle()
      .pipe(map((value: unknown) => (value instanceof Answer ? send(value, request, reply) : value)));
  }
}

function send(answer: Answer<unknown>, request: FastifyRequest, reply: FastifyReply): unknown {
  void reply.header('cache-control', 'private, no-cache');
  if (request.actor !== null) void reply.header('content-language', callerOf(request).language);
  if (answer.etag === null) return answer.body;
  void reply.header('etag', answer.etag);
  if (!answer.isCacheable || !isRead(request) || !names(request.headers['if-none-match'], answer.etag)) {
    return answer.body;
  }
  void reply.code(STATUS_NOT_MODIFIED);
  return undefined;
}

function isRead(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

/** Weak comparison (RFC 9110, 13.1.2). */
function names(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
