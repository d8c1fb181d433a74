import type { FastifyServerOptions } from 'fastify';
import { DomainError } from '../../core/terms/domain-error.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';
import { problemDocument } from './problem-document.js';

type Refuse = NonNullable<FastifyServerOptions['clientErrorHandler']>;

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  431: 'Request Header Fields Too Large',
};

/**
 * Answers a request that is no HTTP, or whose headers are too large: Node gives up before there is a request, so
 * the answer is written by hand and the connection ends.
 */
export function refuseConnection(error: Parameters<Refuse>[0], socket: Parameters<Refuse>[1]): void {
  // The other side has gone, or an answer is under way: there is nobody to write to.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const known =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new DomainError('request.headers-too-large')
      : new DomainError('request.malformed', { reason: 'This is not an HTTP request.' });
  const problem = problemDocument(known, { instance: '', place: 'header' });
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${REASONS[problem.status] ?? ''}\r\n` +
      `Content-Type: ${PROBLEM_MEDIA_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
