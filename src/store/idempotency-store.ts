import { defineEntity, p } from '@mikro-orm/core';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const idempotencyTable = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  properties: {
    accountId: p.string().primary(),
    key: p.string().primary(),
    fingerprint: p.string(),
    answer: p.json<unknown>().nullable(),
    createdAt: instantColumn(),
  },
});

export interface IdempotencyRecord {
  readonly fingerprint: string;
  readonly answer: unknown;
}

/**
 * Takes a key for this transaction; null when it is new. When the key was used before, what was asked and
 * answered then. A second request with the same key at the same time waits here for the first one's commit.
 */
export async function takeIdempotencyKey(
  tx: Tx,
  request: {
    readonly accountId: string;
    readonly key: string;
    readonly fingerprint: string;
    readonly at: Instant;
  },
): Promise<IdempotencyRecord | null> {
  const inserted = await tx.execute<unknown[]>(
    `insert into idempotency_keys (account_id, key, fingerprint, created_at) values (?, ?, ?, ?)
     on conflict do nothing returning key`,
    [request.accountId, request.key, request.fingerprint, request.at],
  );
  if (inserted.length > 0) return null;
  const [row] = await tx.execute<IdempotencyRecord[]>(
    'select fingerprint, answer from idempotency_keys where account_id = ? and key = ?',
    [request.accountId, request.key],
  );
  return row ?? null;
}

/** Keeps the answer with the key, to be given again word for word. */
export async function keepAnswer(tx: Tx, accountId: string, key: string, answer: unknown): Promise<void> {
  await tx.execute('update idempotency_keys set answer = ?::jsonb where account_id = ? and key = ?', [
    JSON.stringify(answer),
    accountId,
    key,
  ]);
}
