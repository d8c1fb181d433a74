import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/terms/domain-error.js';
import { pathOf } from '../problems/send-problem.js';

interface Route {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/**
 * Tells a wrong method from a wrong address: for an address that is understood with other methods the answer is
 * 405 with `Allow`, not 404. Has to be set up before the routes are.
 */
export function knownMethods(server: FastifyInstance): void {
  const routes = new Map<string, Route>();
  server.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  server.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const allowed = allowedMethods(request, [...routes.values()]);
    if (allowed.length > 0) throw new DomainError('route.method-not-allowed', { allowed });
  });
}

function allowedMethods(request: FastifyRequest, routes: readonly Route[]): readonly string[] {
  const path = pathOf(request.url);
  const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]);
  return methods.includes(request.method) ? [] : [...new Set(methods)].toSorted();
}

/** Of a route's address, `:name` is any one step; a wildcard belongs to files, which have methods of their own. */
function patternOf(url: string): RegExp {
  const steps = url.split('/').map((step) => (step.startsWith(':') ? '[^/]+' : RegExp.escape(step)));
  return new RegExp(`^${steps.join('/')}$`);
}
