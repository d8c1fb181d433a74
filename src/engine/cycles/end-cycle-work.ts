import type { Actor } from '../../core/terms/actor.js';
import { appendLog } from '../../store/log-store.js';
import { listOpenTasks } from '../../store/task-store.js';
import { changeTimer, isJournaledTimer, listWaitingTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { endTask } from '../tasks/end-task.js';
import type { CyclePicture } from './cycle-picture.js';

/**
 * What follows when a cycle that this transaction holds has reached a final state: nobody works on it any more, so every
 * task that waits is cancelled, the actions of a conditional pass among them, and every timer. The daily check and the
 * ends of waivers are left to come and find nothing to do: they are no part of what was decided, so that whoever
 * reverts the step gets them back.
 *
 * @param end.picture the cycle as it stood before the step; its row already carries the new state
 */
export async function endCycleWork(
  _deps: EngineDeps,
  tx: Tx,
  end: { readonly picture: CyclePicture; readonly actor: Actor },
): Promise<void> {
  const { picture, actor } = end;
  const { cycle, now } = picture;
  for (const task of await listOpenTasks(tx, cycle.id)) {
    await endTask(tx, { cycle, task, actor, at: now, status: 'cancelled', note: null });
  }
  const timers = (await listWaitingTimers(tx, cycle.id)).filter(isJournaledTimer);
  for (const timer of timers) await changeTimer(tx, timer, { cancelledAt: now });
  if (timers.length === 0) return;
  await appendLog(tx, cycle, {
    kind: 'timer',
    actor,
    at: now,
    details: { change: 'cancelled', timers: timers.map(({ id }) => id) },
  });
}
