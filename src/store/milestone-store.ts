import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import { noteChange } from './journal.js';
import type { Tx } from './tx.js';

export const milestoneTable = defineEntity({
  name: 'Milestone',
  tableName: 'milestones',
  properties: {
    cycleId: p.uuid().primary(),
    cycleNumber: p.integer().primary(),
    milestone: p.string().primary(),
    reachedAt: instantColumn(),
  },
});

export type MilestoneRow = Readonly<InferEntity<typeof milestoneTable>>;

/** Notes that a cycle has reached a milestone; false when it had done so before in the same cycle number. */
export async function addMilestone(
  tx: Tx,
  reached: {
    readonly cycleId: string;
    readonly cycleNumber: number;
    readonly milestone: string;
    readonly reachedAt: Instant;
  },
): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    `insert into milestones (cycle_id, cycle_number, milestone, reached_at) values (?, ?, ?, ?)
     on conflict do nothing returning milestone`,
    [reached.cycleId, reached.cycleNumber, reached.milestone, reached.reachedAt],
  );
  if (rows.length === 0) return false;
  noteChange(tx, reached.cycleId, {
    table: 'milestones',
    key: `${reached.cycleNumber}/${reached.milestone}`,
    before: null,
    after: { ...reached },
  });
  return true;
}

/** What a cycle has reached, by number and milestone. */
export async function listMilestones(tx: Tx, cycleId: string): Promise<readonly MilestoneRow[]> {
  return tx.find(milestoneTable, { cycleId }, { orderBy: { cycleNumber: 'asc', milestone: 'asc' } });
}

/** Takes a milestone back; false when the cycle has not reached it. */
export async function removeMilestone(
  tx: Tx,
  reached: Pick<MilestoneRow, 'cycleId' | 'cycleNumber' | 'milestone'>,
): Promise<boolean> {
  const { cycleId, cycleNumber, milestone } = reached;
  const row = await tx.findOne(milestoneTable, { cycleId, cycleNumber, milestone });
  if (row === null) return false;
  const before = { cycleId, cycleNumber, milestone, reachedAt: row.reachedAt };
  await tx.remove(row).flush();
  noteChange(tx, cycleId, { table: 'milestones', key: `${cycleNumber}/${milestone}`, before, after: null });
  return true;
}
