import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';

/** How a waiting task changes hands. */
export interface TaskAssignment {
  readonly cycle: CycleRow;
  readonly task: TaskRow;
  readonly actor: Actor;
  readonly at: Instant;
  readonly change: 'claimed' | 'released' | 'delegated' | 'handed-back' | 'reassigned';
  /** Account id; null: whoever may can take it. */
  readonly to: string | null;
  /** Account id of whoever gets it back; absent: nobody. */
  readonly delegatedBy?: string | null;
  /** Why, or with which words; null: nothing was said. */
  readonly note?: string | null;
}

/**
 * Puts a waiting task, which this transaction holds under the lock of its cycle, into somebody's hands or nobody's,
 * and says so in the log. One that is parked stays so.
 */
export async function assignTask(tx: Tx, assignment: TaskAssignment): Promise<void> {
  const { cycle, task, actor, at, change, to, delegatedBy = null, note = null } = assignment;
  const from = task.assignee ?? null;
  const status = to === null ? 'open' : 'claimed';
  await changeTask(tx, task, {
    status: task.status === 'parked' ? 'parked' : status,
    assignee: to,
    delegatedBy,
  });
  await appendLog(tx, cycle, {
    kind: 'task',
    actor,
    at,
    details: { task: task.id, change, reference: task.reference, from, to, note },
  });
}
