import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/terms/canonical-json.js';
import { DomainError } from '../../core/terms/domain-error.js';

/** One to two hundred visible ASCII characters. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** What a wish consists of: a second one is the same wish if all of it is the same. */
export interface Wish {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  /** Undefined where there is none. */
  readonly body: unknown;
  readonly ifMatch: string | undefined;
}

/**
 * The caller's key with the fingerprint of the wish (hex SHA-256); null when no key was sent.
 *
 * @throws DomainError `request.malformed` for a key that is empty, too long or not of visible ASCII characters
 */
export function readIdempotencyKey(
  header: string | readonly string[] | undefined,
  wish: Wish,
): { readonly key: string; readonly fingerprint: string } | null {
  if (header === undefined) return null;
  if (typeof header !== 'string' || !KEY.test(header)) {
    throw new DomainError('request.malformed', {
      pointer: '/idempotency-key',
      in: 'header',
      reason: 'An Idempotency-Key has 1 to 200 visible ASCII characters.',
    });
  }
  const content = canonicalJson([wish.method, wish.url, wish.ifMatch ?? null, wish.body ?? null]);
  return { key: header, fingerprint: createHash('sha256').update(content).digest('hex') };
}
