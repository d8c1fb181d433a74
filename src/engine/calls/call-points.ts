import type { Actor } from '../../core/terms/actor.js';
import { findCallOfCycle } from '../../store/call-store.js';
import { lockSyncPointsIn } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { stepSyncPoint } from '../sync/step-sync-point.js';

/** Nobody waits for a call any more that was cancelled or reviewed: its sync points that are still shut are cancelled. */
export async function cancelCallPoints(
  deps: EngineDeps,
  tx: Tx,
  { cycle, now }: CyclePicture,
  hand: { readonly actor: Actor; readonly reason: string },
): Promise<void> {
  const call = await findCallOfCycle(tx, cycle.id);
  if (call === null) return;
  for (const point of await lockSyncPointsIn(tx, call.scheme, { kind: 'call', key: call.key })) {
    await stepSyncPoint(deps, tx, point, { event: { type: 'cancel' }, region: null, hand, now });
  }
}
