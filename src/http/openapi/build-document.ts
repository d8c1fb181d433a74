import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problemSchema } from '../schemas/problem.js';

const DESCRIPTION = `Synchronised S3 schemes: regions advance in step, gated by versioned rules.

Every request needs a bearer token. Every answer but a success is a problem document (RFC 9457) with a stable
\`code\`. Lists have pages: pass \`nextCursor\` back as \`cursor\`. Single things carry an \`ETag\`; send it back as
\`If-Match\` with a write. Send an \`Idempotency-Key\` with every POST that you may have to repeat.`;

type Schema = Record<string, unknown>;

/** Builds the OpenAPI 3.1 description from the controllers of the app and the schemas that they parse with. */
export function buildDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Cordata')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => convert(schema as unknown as z.ZodType, schemaType),
  });
  const problem = convert(problemSchema, 'output');
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...toComponentRefs(problem.components) },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) correct(operation as Operation);
  }
  return document;
}

interface Operation {
  parameters?: { in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

function correct(operation: Operation): void {
  for (const parameter of operation.parameters ?? []) {
    // What has a default need not be sent; the generator calls it required.
    if (parameter.in === 'query' && parameter.schema?.['default'] !== undefined) parameter.required = false;
  }
  const body = operation.requestBody?.content['application/json']?.schema;
  // The empty object that bodiless operations tolerate is nothing that a client should send.
  if (body !== undefined && isEmptyObject(body)) delete operation.requestBody;
}

function isEmptyObject(schema: Schema): boolean {
  return schema['type'] === 'object' && Object.keys(schema['properties'] ?? {}).length === 0;
}

function convert(schema: z.ZodType, io: 'input' | 'output') {
  const {
    $schema: _dialect,
    $defs = {},
    '~standard': _standard,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    // Left out of inputs that are converted, as those of queries are: a text there, a number behind it.
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'default') jsonSchema.default = def.defaultValue as never;
    },
  });
  return { schema: own as Schema, components: $defs as Record<string, Schema> };
}

/** The generator moves `$defs` of what it converts itself; this is for what is added beside it. */
function toComponentRefs<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;
}
