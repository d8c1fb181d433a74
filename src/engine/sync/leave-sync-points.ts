import type { SyncLeaveEffect } from '../../core/terms/effect.js';
import { lockSyncPointsOf } from '../../store/sync-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { stepSyncPoint } from './step-sync-point.js';

/** A region has left the scheme: every sync point that is still shut is judged again without it. */
export async function leaveSyncPoints(
  deps: EngineDeps,
  effectId: string,
  { scheme, region }: SyncLeaveEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-leave' }, async (tx, now) => {
    for (const point of await lockSyncPointsOf(tx, scheme, region, null)) {
      await stepSyncPoint(deps, tx, point, {
        event: { type: 'leave', at: now },
        region,
        why: 'withdrawn',
        now,
      });
    }
  });
}
