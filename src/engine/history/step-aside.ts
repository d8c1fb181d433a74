import { changeTask, type TaskChanges, type TaskRow } from '../../store/task-store.js';
import { changeTimer, type TimerChanges, type TimerRow } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';

/**
 * Takes tasks that are about to be renamed out of each other's way: of one sub-step there is only one waiting task,
 * and two that change names would meet on the way.
 */
export async function stepAside(
  tx: Tx,
  renames: readonly { readonly task: TaskRow; readonly changes: TaskChanges }[],
): Promise<void> {
  for (const { task, changes } of renames) {
    const { reference } = changes;
    if (reference !== undefined && reference !== task.reference) {
      await changeTask(tx, task, { reference: `moving/${task.id}` });
    }
  }
}

/** The same for timers of stages, of which there is only one waiting for each name. */
export async function stepTimersAside(
  tx: Tx,
  renames: readonly { readonly timer: TimerRow; readonly changes: TimerChanges }[],
): Promise<void> {
  for (const { timer, changes } of renames) {
    const { name = timer.name, stage = timer.stage } = changes;
    if (name !== timer.name || stage !== timer.stage) await changeTimer(tx, timer, { name: null });
  }
}
