import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Effect } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const deadLetterTable = defineEntity({
  name: 'DeadLetter',
  tableName: 'dead_letters',
  properties: {
    effectId: p.string().primary(),
    type: p.string(),
    payload: p.json<Effect['payload']>(),
    reason: p.text(),
    attempts: p.integer(),
    diedAt: instantColumn(),
    retriedAt: instantColumn().nullable(),
  },
});

export type DeadLetterRow = Readonly<InferEntity<typeof deadLetterTable>>;

/** Keeps an effect that could not be applied; a second report of the same death changes nothing. */
export async function addDeadLetter(
  tx: Tx,
  letter: {
    readonly effect: Effect;
    readonly reason: string;
    readonly attempts: number;
    readonly at: Instant;
  },
): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    `insert into dead_letters (effect_id, type, payload, reason, attempts, died_at) values (?, ?, ?::jsonb, ?, ?, ?)
     on conflict (effect_id) do update
       set reason = excluded.reason, attempts = dead_letters.attempts + excluded.attempts,
           died_at = excluded.died_at, retried_at = null
       where dead_letters.retried_at is not null
     returning effect_id`,
    [
      letter.effect.id,
      letter.effect.payload.type,
      JSON.stringify(letter.effect.payload),
      letter.reason,
      letter.attempts,
      letter.at,
    ],
  );
  return rows.length > 0;
}

/** Dead letters that nobody has retried, the newest first, at most `limit`. */
export async function listDeadLetters(tx: Tx, limit: number): Promise<readonly DeadLetterRow[]> {
  return tx.find(
    deadLetterTable,
    { retriedAt: null },
    { orderBy: { diedAt: 'desc', effectId: 'asc' }, limit },
  );
}

/** Marks a dead letter as retried; false when there is none (or somebody has done so). */
export async function markRetried(tx: Tx, effectId: string, at: Instant): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    'update dead_letters set retried_at = ? where effect_id = ? and retried_at is null returning effect_id',
    [at, effectId],
  );
  return rows.length > 0;
}
