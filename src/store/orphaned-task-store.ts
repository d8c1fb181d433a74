import { taskTable, WAITING_STATUSES, type TaskRow } from './task-store.js';
import type { Tx } from './tx.js';

/** Most orphans that one look finds; the next look finds the rest. */
export const ORPHANS_MAX = 1_000;

/** Waiting tasks whose assignee does not exist or is disabled: nobody works on them. By cycle and id. */
export async function findOrphanedTasks(tx: Tx): Promise<readonly TaskRow[]> {
  const rows = await tx.execute<{ id: string }[]>(
    `select t.id from tasks t
     left join accounts a on a.id = t.assignee and a.disabled_at is null
     where t.status in ('open', 'claimed', 'parked') and t.assignee is not null and a.id is null
     order by t.cycle_id, t.id limit ?`,
    [ORPHANS_MAX],
  );
  return tx.find(
    taskTable,
    { id: { $in: rows.map(({ id }) => id) } },
    { orderBy: { cycleId: 'asc', id: 'asc' } },
  );
}

/** Waiting tasks of this person, by cycle and id; read anew. */
export async function listTasksOfAssignee(tx: Tx, assignee: string): Promise<readonly TaskRow[]> {
  return tx.find(
    taskTable,
    { assignee, status: { $in: WAITING_STATUSES } },
    { orderBy: { cycleId: 'asc', id: 'asc' }, refresh: true },
  );
}
