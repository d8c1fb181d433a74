import { instantFromMs, type Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** When a cycle was last suspended, by its log; null: never. A suspension that was reverted counts no more. */
export async function lastSuspendedAt(tx: Tx, cycleId: string): Promise<Instant | null> {
  // Step by step from the end of the log: a cycle may have hundreds of thousands of entries, and asked for all that
  // were not reverted at once, the database reads every one of them.
  for (let before = null; ;) {
    const suspension = await suspensionBefore(tx, cycleId, before);
    if (suspension === null) return null;
    if (!(await isReverted(tx, cycleId, suspension.sequence))) return suspension.at;
    before = suspension.sequence;
  }
}

async function suspensionBefore(
  tx: Tx,
  cycleId: string,
  before: number | null,
): Promise<{ readonly sequence: number; readonly at: Instant } | null> {
  const [row] = await tx.execute<{ sequence: number; at: string | Date }[]>(
    `select sequence, at from log_entries
     where cycle_id = ? and kind = 'transition' and details->>'type' = 'suspend'
       ${before === null ? '' : 'and sequence < ?'}
     order by sequence desc limit 1`,
    before === null ? [cycleId] : [cycleId, before],
  );
  if (row === undefined) return null;
  return { sequence: row.sequence, at: instantFromMs(new Date(row.at).getTime()) };
}

async function isReverted(tx: Tx, cycleId: string, sequence: number): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    `select 1 from cycle_changes c join cycle_changes u on u.cycle_id = c.cycle_id and u.sequence = c.reverts
     where c.cycle_id = ? and c.reverts >= ? and u.first_sequence <= ? limit 1`,
    [cycleId, sequence, sequence],
  );
  return rows.length > 0;
}
