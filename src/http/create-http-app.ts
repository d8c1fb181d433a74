import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyServerOptions } from 'fastify';
import { AnswerInterceptor } from './answers/answer.interceptor.js';
import type { HttpDeps } from './http-deps.js';
import { HttpModule } from './http.module.js';
import { buildDocument } from './openapi/build-document.js';
import { OpenApiDocument } from './openapi/openapi-document.js';
import { API_PREFIX, DOCS_PATH } from './paths.js';
import { errorToDomain } from './problems/error-to-domain.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { refuseConnection } from './problems/refuse-connection.js';
import { sendProblem } from './problems/send-problem.js';
import { acceptJson } from './requests/accept-json.js';
import { SchemaPipe } from './requests/schema.pipe.js';
import { answerHeaders } from './security/answer-headers.js';
import { authenticate } from './security/authenticate.js';
import { knownMethods } from './security/known-methods.js';
import { REQUEST_ID_HEADER, requestIdOf } from './security/request-id.js';

/** How long a client may take to send one request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The version of the API's description; see the CHANGELOG. */
const API_VERSION = '0.1.0';

/**
 * Builds the HTTP door, ready to listen. It installs no signal handlers and owns nothing that it is handed: who
 * calls it listens, closes it (`app.close()`), and closes the database after it.
 */
export async function createHttpApp(deps: HttpDeps): Promise<NestFastifyApplication> {
  const options: FastifyServerOptions = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: ({ headers }) => requestIdOf(headers[REQUEST_ID_HEADER]),
    clientErrorHandler: refuseConnection,
    // An address that cannot be decoded is refused before any hook or filter is reached.
    frameworkErrors: (error, request, reply) =>
      void sendProblem(request, reply, errorToDomain(error, undefined)),
  };
  const adapter = new FastifyAdapter(options);
  const server = adapter.getInstance();
  answerHeaders(server);
  knownMethods(server);
  authenticate(server, deps.engine);

  const app = await NestFactory.create<NestFastifyApplication>(HttpModule.for(deps), adapter, {
    bodyParser: false,
    logger: ['warn', 'error', 'fatal'],
    abortOnError: false,
  });
  acceptJson(server);
  app.setGlobalPrefix(API_PREFIX, { exclude: ['health/live', 'health/ready'] });
  app.useGlobalFilters(new ProblemFilter(deps.log));
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalInterceptors(new AnswerInterceptor());

  const document = buildDocument(app, API_VERSION);
  app.get(OpenApiDocument).set(document);
  SwaggerModule.setup(DOCS_PATH, app, document, { raw: false, customSiteTitle: 'Cordata API' });
  await app.init();
  return app;
}
