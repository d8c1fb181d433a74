import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import { REQUEST_ID_HEADER } from './request-id.js';

/** Nothing from other hosts. The pages need inline styles (swagger-ui) and images as data. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
    },
  },
  // Whether there is TLS is known to whoever ends it in front of this process.
  strictTransportSecurity: false,
});

/** Puts on every answer, problems included, what protects its reader, and the request's id. */
export function answerHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id).header('vary', 'Accept-Language, Authorization');
    protect(request.raw, reply.raw, (error) => done(error instanceof Error ? error : undefined));
  });
}
