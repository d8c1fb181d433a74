import { defineEntity, p } from '@mikro-orm/core';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
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
  return rows.length > 0;
}
