import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/terms/domain-error.js';
import { DRAFT_PATH } from '../paths.js';
import { BODY_BYTES_MAX, bodyLimitsOf, DRAFT_BODY_BYTES_MAX } from './body-limits.js';
import { readJsonBody } from './read-json-body.js';

/** RFC 7396. */
const MERGE_PATCH = 'application/merge-patch+json';

/**
 * Makes JSON, read by `readJsonBody`, the only body that this server understands, and merge patches where there is
 * something to patch; others are refused with 415. Has to be set up before the routes are.
 */
export function acceptJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addHook('onRoute', (route) => {
    if (route.url === DRAFT_PATH) route.bodyLimit = DRAFT_BODY_BYTES_MAX;
  });
  for (const type of ['application/json', MERGE_PATCH]) {
    server.addContentTypeParser(
      type,
      { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX },
      (request, body, done) => {
        try {
          judge(request, type);
          const bytes = typeof body === 'string' ? Buffer.from(body) : body;
          done(null, readJsonBody(bytes, bodyLimitsOf(request.routeOptions.url).depthMax));
        } catch (error) {
          done(error as Error, undefined);
        }
      },
    );
  }
}

/** Nobody else than an administrator can make the server read what is as large as a rulebook. */
function judge({ actor, method, routeOptions }: FastifyRequest, type: string): void {
  const isDraft = routeOptions.url === DRAFT_PATH;
  if (type === MERGE_PATCH && !(isDraft && method === 'PATCH')) throw new DomainError('request.media-type');
  if (isDraft && actor !== null && actor.role !== 'administrator') {
    throw new DomainError('auth.role-forbidden', { role: actor.role, allowed: ['administrator'] });
  }
}
