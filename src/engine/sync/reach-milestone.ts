import type { SyncMilestoneEffect } from '../../core/terms/effect.js';
import { parseInstant } from '../../core/terms/instant.js';
import { listSyncMembers, lockSyncPointsOf, setSyncMember } from '../../store/sync-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeSyncPoint } from './judge-sync-point.js';

/**
 * A region has reached a milestone: it arrives at every sync point that waits for it, and each is judged, in the
 * transaction of the receipt. Arriving twice (in a later cycle) changes nothing.
 */
export async function reachMilestone(
  deps: EngineDeps,
  effectId: string,
  effect: SyncMilestoneEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-milestone' }, async (tx, now) => {
    for (const point of await lockSyncPointsOf(tx, effect.scheme, effect.region, effect.milestone)) {
      const members = await listSyncMembers(tx, effect.scheme, point.id);
      const member = members.find(({ region }) => region === effect.region);
      if (member?.state === 'waiting') {
        await setSyncMember(tx, member, 'arrived', parseInstant(effect.reachedAt) ?? now);
      }
      await judgeSyncPoint(deps, tx, point, now);
    }
  });
}
