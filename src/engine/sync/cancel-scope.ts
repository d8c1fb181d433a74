import type { JointScope } from '../../core/sync/sync-scope.js';
import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { lockSyncPointsIn } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { statusOf } from './point-standing.js';
import { stepSyncPoint } from './step-sync-point.js';
import { tellCancelled } from './tell-sync-point.js';

/** An activity or a call has ended: those of its sync points that are still open are cancelled. */
export async function cancelScope(
  deps: EngineDeps,
  tx: Tx,
  {
    scheme,
    scope,
    actor,
    reason,
    now,
  }: {
    readonly scheme: string;
    readonly scope: JointScope;
    readonly actor: Actor;
    readonly reason: string;
    readonly now: Instant;
  },
): Promise<void> {
  for (const point of await lockSyncPointsIn(tx, scheme, scope)) {
    if (statusOf(point) !== 'open') continue;
    await stepSyncPoint(deps, tx, point, {
      event: { type: 'cancel' },
      region: null,
      now,
      hand: { actor, reason },
    });
    await tellCancelled(deps, tx, point, { by: actor.name, note: reason, now });
  }
}
