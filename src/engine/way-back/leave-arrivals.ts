import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { removeMilestone, type MilestoneRow } from '../../store/milestone-store.js';
import {
  listSyncMembers,
  lockSyncPointsOf,
  setSyncMember,
  type SyncPointRow,
} from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';

/**
 * Takes back the milestones that a step has reached, and with them the arrivals at sync points. A sync point that has
 * been released with this arrival has let others go on: that cannot be undone.
 *
 * @throws DomainError `revert.not-possible` naming the sync point
 */
export async function leaveArrivals(
  tx: Tx,
  cycle: CycleRow,
  milestones: readonly MilestoneRow[],
  now: Instant,
): Promise<void> {
  for (const reached of milestones) {
    for (const point of await lockSyncPointsOf(tx, cycle.scheme, cycle.region, reached.milestone)) {
      const member = (await listSyncMembers(tx, cycle.scheme, point.id)).find(
        ({ region }) => region === cycle.region,
      );
      if (member?.state !== 'arrived') continue;
      // Of an earlier number of the cycle: it stays arrived by that one.
      if (member.since < reached.reachedAt) continue;
      if (point.releasedWith?.arrived.includes(cycle.region) === true) throw released(point);
      await setSyncMember(tx, member, 'waiting', now);
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
    const member = (await listSyncMembers(tx, cycle.scheme, point.id)).find(
      ({ region }) => region === cycle.region,
    );
    if (member?.state !== 'left' && member?.state !== 'resting') continue;
    const releasedAt = point.releasedAt ?? null;
    if (releasedAt !== null && releasedAt >= leftAt) throw released(point);
    if (member.state === 'resting') continue;
    await setSyncMember(tx, member, milestones.has(point.milestone) ? 'arrived' : 'waiting', now);
  }
}

function released(point: SyncPointRow): DomainError {
  return new DomainError('revert.not-possible', {
    reason: `Sync point ${point.id} has been released since; other regions have gone on by it.`,
    syncPoint: point.id,
    releasedAt: point.releasedAt,
  });
}
