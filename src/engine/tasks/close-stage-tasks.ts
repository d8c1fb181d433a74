import type { Actor } from '../../core/terms/actor.js';
import { listOpenTasks } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { endTasks } from './end-task.js';

/**
 * Takes back what is still open of a stage that the cycle leaves. The actions of a conditional pass stay: they
 * are the price of having left.
 */
export async function closeStageTasks(
  tx: Tx,
  picture: CyclePicture,
  actor: Actor,
  stage: string,
): Promise<void> {
  const { cycle, now } = picture;
  const open = (await listOpenTasks(tx, cycle.id)).filter(
    (task) => task.stage === stage && task.kind !== 'conditional-action',
  );
  await endTasks(tx, open, { cycle, actor, at: now, status: 'cancelled', note: null });
}
