import { lockSyncPointsIn } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import type { ScopeMove } from './arrive-at.js';
import { stepSyncPoint } from './step-sync-point.js';

/** A region leaves an activity or a call: the sync points of it that are still shut are judged again without it. */
export async function leaveScope(
  deps: EngineDeps,
  tx: Tx,
  { scheme, scope, region, now }: ScopeMove,
): Promise<void> {
  for (const point of await lockSyncPointsIn(tx, scheme, scope)) {
    const event = { type: 'leave', at: now } as const;
    await stepSyncPoint(deps, tx, point, { event, region, why: 'stepped-out', now });
  }
}
