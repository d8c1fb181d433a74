import type { SyncMilestoneEffect } from '../../core/terms/effect.js';
import { parseInstant } from '../../core/terms/instant.js';
import { lockSyncPointsOf } from '../../store/sync-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { recountMember } from './recount-member.js';
import { stepSyncPoint } from './step-sync-point.js';

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
  const { scheme, region, milestone, scope } = effect;
  return applyEffect(deps, { id: effectId, type: 'sync-milestone' }, async (tx, now) => {
    for (const point of await lockSyncPointsOf(tx, scheme, region, milestone)) {
      if (scope !== undefined && (point.scopeKind !== scope.kind || point.scopeKey !== scope.key)) continue;
      await recountMember(deps, tx, point, { region, now });
      const at = parseInstant(effect.reachedAt) ?? now;
      await stepSyncPoint(deps, tx, point, { event: { type: 'arrive', at }, region, now });
    }
  });
}
