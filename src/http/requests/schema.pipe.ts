import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../core/terms/domain-error.js';
import { pointerOf } from '../../core/terms/problem.js';
import { schemaProblems } from '../../core/terms/schema-problems.js';
import { isErrorCode, type Fault, type FaultPlace } from '../problems/problem-document.js';

const PLACES: Readonly<Record<ArgumentMetadata['type'], FaultPlace>> = {
  body: 'body',
  query: 'query',
  param: 'path',
  custom: 'header',
  headers: 'header',
} as Readonly<Record<ArgumentMetadata['type'], FaultPlace>>;

/**
 * Parses what a controller declares with `{ schema }`; what it gets is the schema's output.
 *
 * @throws DomainError `request.invalid` (or the code of the first fault, where that is an error code of its own)
 *   with every fault; `request.malformed` when a body is needed and there is none
 */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { schema } = metadata;
    if (!(schema instanceof z.ZodType)) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    if (metadata.type === 'body' && value === undefined) {
      throw new DomainError('request.malformed', { reason: 'This operation needs a JSON body.' });
    }
    const base = metadata.data === undefined ? '' : pointerOf([metadata.data]);
    const errors = schemaProblems(parsed.error, value).map(({ pointer, code, message }): Fault => ({
      in: PLACES[metadata.type],
      pointer: base + pointer,
      code,
      detail: message,
    }));
    const first = errors[0]?.code ?? '';
    throw new DomainError(isErrorCode(first) ? first : 'request.invalid', { errors });
  }
}
