import type { Actor } from '../../core/terms/actor.js';
import { changeTask, listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { endTask } from './end-task.js';

/** Facts have come in: tasks that waited for nothing else are done, the others wait for what is left. */
export async function closeFactTasks(
  tx: Tx,
  picture: CyclePicture,
  actor: Actor,
  known: ReadonlySet<string>,
): Promise<void> {
  for (const task of await listOpenTasks(tx, picture.cycle.id)) {
    if (task.kind !== 'provide-facts') continue;
    const waiting = task.facts.filter((fact) => !known.has(fact));
    if (waiting.length === 0) {
      await endTask(tx, { cycle: picture.cycle, task, actor, at: picture.now, status: 'done', note: null });
    } else if (waiting.length < task.facts.length) {
      await changeTask(tx, task, { facts: waiting });
    }
  }
}
