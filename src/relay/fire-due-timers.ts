import { addEffect } from '../store/outbox-store.js';
import { takeDueTimers } from '../store/timer-store.js';
import type { RelayDeps } from './relay-deps.js';

export const BATCH_TIMERS_MAX = 100;

/**
 * Records the effects of due timers, one batch in one transaction: a timer is marked as fired exactly when its
 * effect stands in the outbox. The effect bears the timer's id. Gives how many fired.
 */
export async function fireDueTimers(deps: RelayDeps): Promise<number> {
  return deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    const due = await takeDueTimers(tx, now, BATCH_TIMERS_MAX);
    for (const effect of due) await addEffect(tx, effect, now);
    return due.length;
  });
}
