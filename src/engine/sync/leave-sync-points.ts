import type { SyncLeaveEffect } from '../../core/terms/effect.js';
import { listSyncMembers, lockSyncPointsOf, setSyncMember } from '../../store/sync-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeSyncPoint } from './judge-sync-point.js';

/** A region has left the scheme: every sync point that is still shut is judged again without it. */
export async function leaveSyncPoints(
  deps: EngineDeps,
  effectId: string,
  effect: SyncLeaveEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-leave' }, async (tx, now) => {
    for (const point of await lockSyncPointsOf(tx, effect.scheme, effect.region, null)) {
      // What was true at the release stays on record.
      if ((point.releasedAt ?? null) !== null) continue;
      const members = await listSyncMembers(tx, effect.scheme, point.id);
      const member = members.find(({ region }) => region === effect.region);
      if (member !== undefined) await setSyncMember(tx, member, 'left', now);
      await judgeSyncPoint(deps, tx, point, now);
    }
  });
}
