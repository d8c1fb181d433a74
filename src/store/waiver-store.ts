import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { dateColumn, instantColumn } from './columns.js';
import { noteChange } from './journal.js';
import type { Tx } from './tx.js';

export const waiverTable = defineEntity({
  name: 'Waiver',
  tableName: 'waivers',
  properties: {
    id: p.uuid().primary(),
    cycleId: p.uuid(),
    cycleNumber: p.integer(),
    rule: p.string(),
    reason: p.string(),
    grantedBy: p.string(),
    secondedBy: p.string(),
    endsOn: dateColumn(),
    grantedAt: instantColumn(),
  },
});

export type WaiverRow = Readonly<InferEntity<typeof waiverTable>>;

export function addWaiver(tx: Tx, waiver: WaiverRow): void {
  tx.persist(tx.create(waiverTable, { ...waiver }));
  noteChange(tx, waiver.cycleId, { table: 'waivers', key: waiver.id, before: null, after: { ...waiver } });
}

/** Every waiver ever granted to the cycle, the ended ones included, by the time of granting. */
export async function listWaivers(tx: Tx, cycleId: string): Promise<readonly WaiverRow[]> {
  return tx.find(waiverTable, { cycleId }, { orderBy: { grantedAt: 'asc' } });
}

/** Null when there is none of this id. */
export async function findWaiver(tx: Tx, id: string): Promise<WaiverRow | null> {
  return tx.findOne(waiverTable, { id });
}
