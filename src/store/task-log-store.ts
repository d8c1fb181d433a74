import type { Tx } from './tx.js';

/** How a task changed hands, as the log of its cycle tells it. */
export interface TaskHandover {
  readonly change: string;
  /** Account id of whoever had it before; null: nobody. */
  readonly from: string | null;
  /** Account id of whoever decided it. */
  readonly by: string;
}

/** Every change of a task, in order. */
export async function listTaskHandovers(
  tx: Tx,
  task: { readonly id: string; readonly cycleId: string },
): Promise<readonly TaskHandover[]> {
  return tx.execute<TaskHandover[]>(
    `select details->>'change' as change, details->>'from' as "from", actor_id as by from log_entries
     where cycle_id = ? and kind = 'task' and details->>'task' = ? order by sequence`,
    [task.cycleId, task.id],
  );
}
