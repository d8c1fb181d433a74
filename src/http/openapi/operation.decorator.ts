import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import type { ErrorCode } from '../../core/terms/error-code.js';
import { PROBLEM_TABLE } from '../problems/problem-table.js';

/** What the description of the API says of one operation. */
export interface OperationOptions {
  /** `resource_action`, unique; clients are generated with it. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly answer: z.ZodType;
  /** Of the answer; 200 when absent. */
  readonly status?: number;
  /** `command`: takes `Idempotency-Key` and writes; `versioned-command`: also takes `If-Match`. */
  readonly kind: 'open' | 'query' | 'command' | 'versioned-command';
  /** Whether the answer carries an ETag. */
  readonly hasEtag?: boolean;
  /** Beyond those that every operation of its kind can answer with. */
  readonly errors?: readonly ErrorCode[];
}

const STATUS_OK = 200;

const QUERY_ERRORS: readonly ErrorCode[] = [
  'auth.token-missing',
  'auth.token-unknown',
  'request.malformed',
  'request.headers-too-large',
  'database.unreachable',
  'internal',
];

const COMMAND_ERRORS: readonly ErrorCode[] = [
  ...QUERY_ERRORS,
  'database.full',
  'auth.role-forbidden',
  'request.invalid',
  'request.too-deep',
  'request.too-large',
  'request.media-type',
  'idempotency.key-reused',
];

const ERRORS: Readonly<Record<OperationOptions['kind'], readonly ErrorCode[]>> = {
  open: ['internal'],
  query: QUERY_ERRORS,
  command: COMMAND_ERRORS,
  'versioned-command': [...COMMAND_ERRORS, 'version.stale', 'version.malformed'],
};

/** Describes an operation of the API: its answer, its problems by status, its headers. Sets the answer's status too. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { id, summary, description, answer, status = STATUS_OK, kind, hasEtag = false, errors = [] } = options;
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ operationId: id, summary, ...(description === undefined ? {} : { description }) }),
    ApiResponse({
      status,
      description: 'Done',
      standardSchema: answer,
      ...(hasEtag ? { headers: { ETag: { description: 'The version', schema: { type: 'string' } } } } : {}),
    }),
    ...problemAnswers([...new Set([...ERRORS[kind], ...errors])]),
    ...requestHeaders(kind),
  );
}

function problemAnswers(codes: readonly ErrorCode[]): MethodDecorator[] {
  const byStatus = Map.groupBy(codes, (code) => PROBLEM_TABLE[code].status);
  return [...byStatus].map(([status, all]) =>
    ApiResponse({
      status,
      description: all.map((code) => `\`${code}\`: ${PROBLEM_TABLE[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
}

function requestHeaders(kind: OperationOptions['kind']): MethodDecorator[] {
  if (kind === 'open') return [];
  const language = header('Accept-Language', 'Language of the labels: de, fr, it, sl or en', 'de');
  const key = header('Idempotency-Key', 'The same key and request give the same answer and no second effect');
  const version = header('If-Match', 'The ETag that you have seen; refused with 412 when it has changed', '"3"');
  const headers = { query: [], command: [key], 'versioned-command': [key, version] }[kind];
  return [ApiBearerAuth(), language, ...headers];
}

function header(name: string, description: string, example?: string): MethodDecorator {
  return ApiHeader({
    name,
    description,
    required: false,
    schema: { type: 'string' },
    ...(example === undefined ? {} : { example }),
  }) as MethodDecorator;
}
