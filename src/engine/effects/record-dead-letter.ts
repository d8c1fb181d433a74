import type { Effect } from '../../core/terms/effect.js';
import { addDeadLetter } from '../../store/dead-letter-store.js';
import type { EngineDeps } from '../engine-deps.js';

const REASON_LENGTH_MAX = 2_000;

/** Keeps an effect that could not be applied, where people can see and retry it. */
export async function recordDeadLetter(
  deps: EngineDeps,
  death: { readonly effect: Effect; readonly reason: string; readonly attempts: number },
): Promise<void> {
  await deps.database.transact(async (tx) => {
    const at = await deps.clock.now(tx);
    await addDeadLetter(tx, { ...death, reason: death.reason.slice(0, REASON_LENGTH_MAX), at });
  });
}
