import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '../../engine/transactions/run-command.js';
import { callerOf } from './caller.decorator.js';
import { readIdempotencyKey } from './idempotency-key.js';
import { readIfMatch } from './if-match.js';

/** Hands a controller what comes with every command: the actor, `If-Match` and `Idempotency-Key`. */
export const CommandOf = createParamDecorator((_: unknown, context: ExecutionContext): CommandContext => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { method, url, body, headers } = request;
  const ifMatch = headers['if-match'];
  return {
    actor: callerOf(request).actor,
    expectedVersion: readIfMatch(ifMatch),
    idempotency: readIdempotencyKey(headers['idempotency-key'], { method, url, body, ifMatch }),
  };
});
