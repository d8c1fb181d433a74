import { instantFromMs, type Instant } from '../core/terms/instant.js';
import type { Tx } from './tx.js';

/** When a cycle was last suspended, by its log; null: never. A suspension that was reverted counts no more. */
export async function lastSuspendedAt(tx: Tx, cycleId: string): Promise<Instant | null> {
  // From the end of the log, and by the index of what was reverted: a cycle may have hundreds of thousands of entries.
  const [row] = await tx.execute<{ at: string | Date }[]>(
    `select at from log_entries l
     where cycle_id = ? and kind = 'transition' and details->>'type' = 'suspend' and not exists (
       select 1 from cycle_changes c
       where c.cycle_id = l.cycle_id and c.reverts is not null and c.reverts >= l.sequence and exists (
         select 1 from cycle_changes u
         where u.cycle_id = c.cycle_id and u.sequence = c.reverts and u.first_sequence <= l.sequence))
     order by sequence desc limit 1`,
    [cycleId],
  );
  return row === undefined ? null : instantFromMs(new Date(row.at).getTime());
}
