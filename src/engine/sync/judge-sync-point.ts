import type { PointStep } from '../../core/sync/point-state.js';
import type { Instant } from '../../core/terms/instant.js';
import type { SyncPointRow } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { countMembers } from './point-standing.js';
import { stepSyncPoint } from './step-sync-point.js';

/**
 * Judges a sync point that this transaction has locked by its members as they stand in their rows: they are counted
 * anew. It is released if enough have arrived; one that has been released stays so and nothing leaves again.
 */
export async function judgeSyncPoint(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  now: Instant,
): Promise<PointStep> {
  await countMembers(deps, tx, point, now);
  return stepSyncPoint(deps, tx, point, { event: { type: 'judge' }, region: null, now });
}
