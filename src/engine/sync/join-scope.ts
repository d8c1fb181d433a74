import { lockSyncPointsIn } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import type { ScopeMove } from './arrive-at.js';
import { joinSyncPoint } from './join-sync-point.js';

/**
 * A region joins an activity or a call, for the first time or again: it becomes a member of the sync points of it that
 * are still shut, unless they refuse whoever comes late, and each is judged again.
 */
export async function joinScope(
  deps: EngineDeps,
  tx: Tx,
  { scheme, scope, region, now }: ScopeMove,
): Promise<void> {
  for (const point of await lockSyncPointsIn(tx, scheme, scope)) {
    await joinSyncPoint(deps, tx, point, { region, isInvited: false, now });
  }
}
