import type { SyncMilestoneEffect } from '../../core/terms/effect.js';
import { parseInstant } from '../../core/terms/instant.js';
import { listSyncMembers, lockSyncPointsOf, setSyncMember } from '../../store/sync-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeSyncPoint } from './judge-sync-point.js';

/**
 * A region has reached a milestone: it arrives at every sync point that waits for it, and each is judged, in the
 * transaction of the receipt. Arriving twice (in a later cycle) changes nothing. A region that rests
 * has arrived if it reached the milestone before; what it reaches meanwhile counts when it goes on.
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
      const reachedAt = parseInstant(effect.reachedAt) ?? now;
      if (member?.state === 'waiting' || (member?.state === 'resting' && reachedAt <= member.since)) {
        await setSyncMember(tx, member, 'arrived', reachedAt);
      }
      await judgeSyncPoint(deps, tx, point, now);
    }
  });
}
