import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 24;

/** A new bearer token: 192 random bits, URL-safe. */
export function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is stored of a token: lower-case hex SHA-256. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
