import { DomainError } from './domain-error.js';

/** How deep objects and arrays may lie in each other in a document that is hashed. */
export const JSON_NESTING_MAX = 64;

/**
 * One text for one JSON value, whatever the order of keys and the spaces it was written with: what is hashed, so
 * that the same content has the same hash on every machine. Keys are sorted by UTF-16 units, numbers and texts
 * are written as ECMAScript does, nothing stands between tokens (the scheme of RFC 8785).
 *
 * @throws DomainError `definition.invalid` with a reason for what JSON cannot say (undefined, NaN, a function, a
 *   date) and for nesting deeper than `JSON_NESTING_MAX`: `JSON.stringify` would drop or change it in silence
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > JSON_NESTING_MAX) throw new DomainError('definition.invalid', { reason: 'nested too deep' });
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const entries = Object.keys(value)
      .toSorted()
      .map((key) => `${JSON.stringify(key)}:${write((value as Record<string, unknown>)[key], depth + 1)}`);
    return `{${entries.join(',')}}`;
  }
  throw new DomainError('definition.invalid', { reason: `JSON has no ${typeof value} like this` });
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
