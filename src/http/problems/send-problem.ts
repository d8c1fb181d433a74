import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '../../core/terms/domain-error.js';
import { REQUEST_ID_HEADER } from '../security/request-id.js';
import { problemDocument } from './problem-document.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** Seconds after which it is worth asking again when a service was not there. */
const RETRY_AFTER_S = 5;
const STATUS_UNAUTHORIZED = 401;
const STATUS_METHOD_NOT_ALLOWED = 405;
const STATUS_UNAVAILABLE = 503;

/** Answers with the problem that an error is, and the headers that its status asks for. @returns the status */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: DomainError): number {
  const problem = problemDocument(error, {
    instance: pathOf(request.url),
    // What a GET is refused for can only stand in its query.
    place: request.method === 'GET' || request.method === 'HEAD' ? 'query' : 'body',
  });
  const { status } = problem;
  void reply
    .code(status)
    .type(PROBLEM_MEDIA_TYPE)
    // An address that cannot be decoded is refused before the hook that sets it.
    .header(REQUEST_ID_HEADER, request.id)
    .header('content-language', 'en')
    .header('cache-control', 'no-store');
  if (status === STATUS_UNAUTHORIZED) {
    const reason = error.code === 'auth.token-unknown' ? ', error="invalid_token"' : '';
    void reply.header('www-authenticate', `Bearer realm="cordata"${reason}`);
  }
  if (status === STATUS_METHOD_NOT_ALLOWED) {
    void reply.header('allow', (error.details['allowed'] as readonly string[]).join(', '));
  }
  if (status === STATUS_UNAVAILABLE) void reply.header('retry-after', String(RETRY_AFTER_S));
  void reply.send(JSON.stringify(problem));
  return status;
}

/** The path of a request's URL, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
