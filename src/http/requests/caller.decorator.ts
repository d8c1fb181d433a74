import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Language } from '../../core/terms/language.js';
import { chooseLanguage } from './accept-language.js';

/** Who asks, and in which language to answer. */
export interface Caller {
  readonly actor: Actor;
  readonly language: Language;
}

/** Hands a controller the caller that `authenticate` has found. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return callerOf(context.switchToHttp().getRequest<FastifyRequest>());
});

/** @throws DomainError `auth.token-missing` on a route that is open to everybody */
export function callerOf(request: FastifyRequest): Caller {
  const { actor } = request;
  if (actor === null) throw new DomainError('auth.token-missing');
  return { actor, language: chooseLanguage(request.headers['accept-language'], actor.language) };
}
