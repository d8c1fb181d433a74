import type { FastifyInstance } from 'fastify';
import { BODY_BYTES_MAX } from './body-limits.js';
import { readJsonBody } from './read-json-body.js';

/** Makes JSON, read by `readJsonBody`, the only body that this server understands; others are refused with 415. */
export function acceptJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX },
    (_request, body, done) => {
      try {
        done(null, readJsonBody(typeof body === 'string' ? Buffer.from(body) : body));
      } catch (error) {
        done(error as Error, undefined);
      }
    },
  );
}
