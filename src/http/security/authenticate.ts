import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { identifyAccount } from '../../engine/accounts/identify-account.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { API_PREFIX, OPENAPI_PATH } from '../paths.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes that are open to everybody. */
    actor: Actor | null;
  }
}

/** RFC 6750: the scheme in any case, then one token of these characters. */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]{1,500}=*)$/i;

/**
 * Finds out who asks before anything of the body is read: a stranger cannot make the server parse, and learns
 * nothing but that a token is needed. (A Nest guard would run after the body parser.)
 *
 * Refuses with `auth.token-missing` and `auth.token-unknown`.
 */
export function authenticate(server: FastifyInstance, deps: EngineDeps): void {
  server.decorateRequest('actor', null);
  server.addHook('onRequest', async (request) => {
    if (isOpen(request)) return;
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new DomainError('auth.token-missing');
    request.actor = await identifyAccount(deps, createHash('sha256').update(token).digest('hex'));
    if (request.actor === null) throw new DomainError('auth.token-unknown');
  });
}

/** What is not under the API needs no token, nor does the API's own description; where there is no route, 404. */
function isOpen(request: FastifyRequest): boolean {
  const route = request.is404 ? undefined : request.routeOptions.url;
  return route === undefined || !route.startsWith(`${API_PREFIX}/`) || route === OPENAPI_PATH;
}
