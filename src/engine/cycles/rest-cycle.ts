import type { Actor } from '../../core/terms/actor.js';
import { isJournaledTimer, changeTimer, listWaitingTimers } from '../../store/timer-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { tellSyncRest } from '../sync/tell-sync-rest.js';
import { parkTasks } from '../tasks/park-tasks.js';
import type { CyclePicture } from './cycle-picture.js';

/**
 * What follows when a cycle that this transaction holds has been suspended: its tasks are parked, its timers held, and
 * its sync points look at it again. The daily check of standing rules and the ends of waivers go on: documents age and
 * waivers end whether or not anybody works.
 *
 * @param rest.picture the cycle as it stood before the step; its row already carries the new state
 */
export async function restCycle(
  deps: EngineDeps,
  tx: Tx,
  rest: { readonly picture: CyclePicture; readonly actor: Actor },
): Promise<void> {
  const { picture, actor } = rest;
  const { cycle, now } = picture;
  await parkTasks(tx, picture, actor);
  const timers = (await listWaitingTimers(tx, cycle.id)).filter(isJournaledTimer);
  for (const timer of timers) await changeTimer(tx, timer, { heldAt: now });
  if (timers.length > 0) {
    await appendLog(tx, cycle, {
      kind: 'timer',
      actor,
      at: now,
      details: { change: 'held', timers: timers.map(({ id }) => id) },
    });
  }
  await tellSyncRest(deps, tx, cycle, now);
}
