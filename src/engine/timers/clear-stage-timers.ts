import { changeTimer, listWaitingTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';

/** Cancels what still waits of the timers of a stage that the cycle leaves; one that has fired stays fired. */
export async function clearStageTimers(tx: Tx, { cycle, now }: CyclePicture, stage: string): Promise<void> {
  for (const timer of await listWaitingTimers(tx, cycle.id)) {
    if (timer.name !== null && timer.stage === stage) await changeTimer(tx, timer, { cancelledAt: now });
  }
}
