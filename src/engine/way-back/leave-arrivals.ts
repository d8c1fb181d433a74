import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { removeMilestone, type MilestoneRow } from '../../store/milestone-store.js';
import { findReleasedWith } from '../../store/sync-release-store.js';
import { findSyncMember, lockSyncPointsOf, type SyncPointRow } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { pointStanding } from '../sync/point-standing.js';
import { stepSyncPoint } from '../sync/step-sync-point.js';

/**
 * Takes back the milestones that a step has reached, and with them the arrivals at sync points. A sync point that has
 * been released with this arrival has let others go on: that cannot be undone.
 *
 * @throws DomainError `revert.not-possible` naming the sync point
 */
export async function leaveArrivals(
  deps: EngineDeps,
  tx: Tx,
  cycle: CycleRow,
  { milestones, now }: { readonly milestones: readonly MilestoneRow[]; readonly now: Instant },
): Promise<void> {
  for (const reached of milestones) {
    for (const point of await lockSyncPointsOf(tx, cycle.scheme, cycle.region, reached.milestone)) {
      const member = await findSyncMember(tx, point, cycle.region);
      if (member?.state !== 'arrived') continue;
      // Of an earlier number of the cycle: it stays arrived by that one.
      if (member.since < reached.reachedAt) continue;
      const releasedWith = await findReleasedWith(tx, point);
      if (releasedWith?.arrived.includes(cycle.region) === true) throw released(point);
      const event = { type: 'retreat', at: now } as const;
      await stepSyncPoint(deps, tx, point, { event, region: cycle.region, now });
    }
    await removeMilestone(tx, reached);
  }
}

/**
 * Brings a region that had left the scheme back into the sync points that it had left; of one that only rested the
 * sync points learn by themselves. One that has been released since went on without it: that cannot be undone.
 *
 * @param leftAt when the region had left
 * @throws DomainError `revert.not-possible` naming the sync point
 */
export async function rejoinSyncPoints(
  deps: EngineDeps,
  tx: Tx,
  cycle: CycleRow,
  {
    leftAt,
    milestones,
    now,
  }: {
    readonly leftAt: Instant;
    readonly milestones: ReadonlySet<string>;
    readonly now: Instant;
  },
): Promise<void> {
  for (const point of await lockSyncPointsOf(tx, cycle.scheme, cycle.region, null)) {
    // Those of an earlier version of the program have to be counted before one of them is looked at.
    await pointStanding(deps, tx, point, now);
    const member = await findSyncMember(tx, point, cycle.region);
    if (member?.state !== 'left' && member?.state !== 'resting') continue;
    const releasedAt = point.releasedAt ?? null;
    if (releasedAt !== null && releasedAt >= leftAt) throw released(point);
    if (member.state === 'resting') continue;
    const state = milestones.has(point.milestone) ? 'arrived' : 'waiting';
    const event = { type: 'join', at: now, state, parts: member.parts ?? [], isInvited: true } as const;
    await stepSyncPoint(deps, tx, point, { event, region: cycle.region, now });
  }
}

function released(point: SyncPointRow): DomainError {
  return new DomainError('revert.not-possible', {
    reason: `Sync point ${point.id} has been released since; other regions have gone on by it.`,
    syncPoint: point.id,
    releasedAt: point.releasedAt,
  });
}
