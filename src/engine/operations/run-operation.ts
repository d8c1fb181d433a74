import type { RunOperationEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Tx } from '../../store/tx.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import { isApplied } from '../effects/is-applied.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { endIfNoneWaits } from './end-if-none-waits.js';
import { runNextItem } from './run-next-item.js';

/** Items that one job does: a few seconds of work, so that a process that is told to stop need not cut it short. */
export const BATCH_ITEMS_MAX = 25;

/**
 * Does the next items of an operation, each in a transaction of its own that also says what became of it. Wherever it
 * stops, the next attempt goes on with the first item that still waits; two at once take turns. At the end of a batch
 * the next one is recorded, and after the last item the operation is done.
 */
export async function runOperation(
  deps: EngineDeps,
  effectId: string,
  effect: RunOperationEffect,
): Promise<Application> {
  if (await isApplied(deps, effectId)) return 'duplicate';
  for (let items = 0; items < BATCH_ITEMS_MAX; items += 1) {
    if (!(await runNextItem(deps, effect.operationId))) break;
  }
  return applyEffect(deps, { id: effectId, type: effect.type }, (tx, now) => goOn(deps, tx, effect, now));
}

async function goOn(deps: EngineDeps, tx: Tx, effect: RunOperationEffect, now: Instant): Promise<void> {
  if (await endIfNoneWaits(tx, effect.operationId, now)) return;
  await recordEffect(deps, tx, { ...effect, batch: effect.batch + 1 }, now);
}
