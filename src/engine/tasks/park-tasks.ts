import type { Actor } from '../../core/terms/actor.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';

/** Parks every task of a cycle that begins to rest: who had taken it keeps it, its due day stays until it goes on. */
export async function parkTasks(tx: Tx, { cycle, now }: CyclePicture, actor: Actor): Promise<void> {
  for (const task of await listOpenTasks(tx, cycle.id)) {
    if (task.status === 'parked') continue;
    const was = task.status;
    await changeTask(tx, task, { status: 'parked' });
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: {
        task: task.id,
        change: 'parked',
        reference: task.reference,
        was,
        dueOn: task.dueOn ?? null,
      },
    });
  }
}
