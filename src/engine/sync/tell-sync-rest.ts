import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** Has the sync points of a region look at its cycle again: it has begun to rest, or goes on. */
export async function tellSyncRest(
  deps: EngineDeps,
  tx: Tx,
  cycle: Pick<CycleRow, 'id' | 'scheme' | 'region' | 'subject'>,
  now: Instant,
): Promise<void> {
  const { id: cycleId, scheme, region } = cycle;
  if (cycle.subject !== 'region') return;
  await recordEffect(deps, tx, { type: 'sync-rest', scheme, region, cycleId }, now);
}
