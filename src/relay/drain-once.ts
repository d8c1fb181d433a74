import { BATCH_TIMERS_MAX, fireDueTimers } from './fire-due-timers.js';
import { BATCH_EFFECTS_MAX, moveEffects } from './move-effects.js';
import type { RelayDeps } from './relay-deps.js';

/** What one turn of the relay has moved. */
export interface Drained {
  readonly timersFired: number;
  readonly effectsSent: number;
}

/**
 * One turn of the relay: fires every timer that is due, then sends every effect that waits. With `sweep` also
 * those that were sent long ago without a receipt.
 */
export async function drainOnce(deps: RelayDeps, options: { readonly sweep: boolean }): Promise<Drained> {
  return {
    timersFired: await untilNotFull(BATCH_TIMERS_MAX, () => fireDueTimers(deps)),
    effectsSent: await untilNotFull(BATCH_EFFECTS_MAX, () => moveEffects(deps, options)),
  };
}

async function untilNotFull(batchMax: number, step: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await step();
    total += count;
    if (count < batchMax) return total;
  }
}
