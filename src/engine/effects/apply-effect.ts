import type { Effect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import { addReceipt } from '../../store/receipt-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/** `duplicate`: the effect had been applied before, nothing was written this time. */
export type Application = 'applied' | 'duplicate';

/** Applies an effect once: `work` and the receipt are one transaction, a second delivery does nothing. */
export async function applyEffect(
  deps: EngineDeps,
  effect: { readonly id: string; readonly type: Effect['payload']['type'] },
  work: (tx: Tx, now: Instant) => Promise<void>,
): Promise<Application> {
  return deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    if (!(await addReceipt(tx, effect.id, effect.type, now))) return 'duplicate';
    await work(tx, now);
    return 'applied';
  });
}
