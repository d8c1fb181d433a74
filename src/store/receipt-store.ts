import { defineEntity, p } from '@mikro-orm/core';
import type { EffectType } from '../core/terms/effect.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const receiptTable = defineEntity({
  name: 'Receipt',
  tableName: 'receipts',
  properties: {
    effectId: p.string().primary(),
    type: p.string(),
    at: instantColumn(),
  },
});

/**
 * Notes that this transaction applies the effect. False when it has been applied before: the caller then
 * writes nothing. Two deliveries at once: the second waits here for the first one's commit.
 */
export async function addReceipt(tx: Tx, effectId: string, type: EffectType, at: Instant): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    'insert into receipts (effect_id, type, at) values (?, ?, ?) on conflict do nothing returning effect_id',
    [effectId, type, at],
  );
  return rows.length > 0;
}

export async function hasReceipt(tx: Tx, effectId: string): Promise<boolean> {
  return (await tx.count(receiptTable, { effectId })) > 0;
}

/** When an effect was applied; null: not yet. */
export async function findReceipt(tx: Tx, effectId: string): Promise<{ readonly at: Instant } | null> {
  return tx.findOne(receiptTable, { effectId });
}
