import { z } from 'zod';
import { DomainError } from '../../core/terms/domain-error.js';

const CURSOR_LENGTH_MAX = 500;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** The place after the last item of a page: opaque to clients, so that it may change. */
export function writeCursor(list: string, key: unknown): string {
  return Buffer.from(JSON.stringify([list, key])).toString('base64url');
}

/**
 * Reads a cursor back; null when there is none, for the first page.
 *
 * @param list name of the list, so that the cursor of another one is refused
 * @throws DomainError `request.cursor-invalid`
 */
export function readCursor<Key>(list: string, key: z.ZodType<Key>, cursor: string | undefined): Key | null {
  if (cursor === undefined) return null;
  const parsed = z.tuple([z.literal(list), key]).safeParse(decode(cursor));
  if (!parsed.success) {
    throw new DomainError('request.cursor-invalid', { pointer: '/cursor', in: 'query' });
  }
  return parsed.data[1];
}

function decode(cursor: string): unknown {
  if (cursor.length > CURSOR_LENGTH_MAX || !BASE64URL.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
