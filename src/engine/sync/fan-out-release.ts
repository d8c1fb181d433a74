import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { SyncFanOutEffect } from '../../core/terms/effect.js';
import { lockCycle } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { findReleaseNews, markTold } from '../../store/sync-release-store.js';
import { listSyncSubjects } from '../../store/sync-subject-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { releaseNews } from './release-news.js';

/**
 * Carries the release of a sync point to some of its members: into the log of each one's latest cycle, and to its
 * authority. Whoever has been told before is not told again, and a batch is applied once as a whole.
 */
export async function fanOutRelease(
  deps: EngineDeps,
  effectId: string,
  { scheme, syncPoint, regions }: SyncFanOutEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-fan-out' }, async (tx, now) => {
    const point = await findReleaseNews(tx, scheme, syncPoint);
    if (point === null) return;
    const told = await markTold(tx, point, { regions, at: now });
    if (told.length === 0) return;
    const params = await releaseNews(tx, point);
    const subjects = await listSyncSubjects(tx, scheme, point.milestone, told);
    // In one order for every job, so that two can't block each other.
    for (const cycleId of subjects.flatMap((one) => one.cycleId ?? []).toSorted()) {
      const cycle = await lockCycle(tx, cycleId);
      if (cycle === null) continue;
      const { milestone, releasedAt, by } = point;
      const details = { change: 'sync-point-released', syncPoint, milestone, releasedAt, by };
      await appendLog(tx, cycle, { kind: 'sync', actor: SYSTEM_ACTOR, at: now, details });
    }
    for (const { template, audience } of point.releases) {
      if (!audience.includes('authority')) continue;
      for (const region of told) {
        const notice = { type: 'notify', scheme, region, cycleId: null, audience: ['authority'] } as const;
        await recordEffect(deps, tx, { ...notice, audience: ['authority'], ...params(template) }, now);
      }
    }
  });
}
