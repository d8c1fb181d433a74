import type { Actor } from '../../core/terms/actor.js';
import { appendLog } from '../../store/log-store.js';
import { changeTasks, listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';

/** Parks every task of a cycle that begins to rest: who had taken it keeps it, its due day stays until it goes on. */
export async function parkTasks(tx: Tx, { cycle, now }: CyclePicture, actor: Actor): Promise<void> {
  const working = (await listOpenTasks(tx, cycle.id)).filter(({ status }) => status !== 'parked');
  const statuses = working.map(({ status }) => status);
  await changeTasks(
    tx,
    working.map((task) => ({ task, changes: { status: 'parked' } as const })),
  );
  for (const [index, task] of working.entries()) {
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: {
        task: task.id,
        change: 'parked',
        reference: task.reference,
        was: statuses[index],
        dueOn: task.dueOn ?? null,
      },
    });
  }
}
