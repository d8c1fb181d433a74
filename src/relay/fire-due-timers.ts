import type { EffectPayload } from '../core/terms/effect.js';
import { addEffect } from '../store/outbox-store.js';
import { takeDueTimers, type DueTimer } from '../store/timer-store.js';
import type { RelayDeps } from './relay-deps.js';

export const BATCH_TIMERS_MAX = 100;

/**
 * Turns due timers into their effects, one batch in one transaction: a timer is marked as fired exactly when its
 * effect stands in the outbox. The effect bears the timer's id. Gives how many fired.
 */
export async function fireDueTimers(deps: RelayDeps): Promise<number> {
  return deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    const due = await takeDueTimers(tx, now, BATCH_TIMERS_MAX);
    for (const timer of due) await addEffect(tx, { id: timer.id, payload: payloadOf(timer) }, now);
    return due.length;
  });
}

function payloadOf({ kind, cycleId, taskId, waiverId }: DueTimer): EffectPayload {
  switch (kind) {
    case 'remind':
      return { type: 'remind', taskId: taskId ?? '' };
    case 'standing-check':
      return { type: 'standing-check', cycleId };
    case 'waiver-end':
      return { type: 'waiver-end', waiverId: waiverId ?? '' };
  }
}
