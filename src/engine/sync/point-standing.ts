import type { PointStanding, PointTerms } from '../../core/sync/point-state.js';
import { tallyOf, type Tally } from '../../core/sync/tally.js';
import type { Instant } from '../../core/terms/instant.js';
import {
  changeSyncMember,
  changeSyncPoint,
  listSyncMembers,
  type SyncPointRow,
} from '../../store/sync-store.js';
import { listSyncSubjects } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { memberParts } from './member-parts.js';

/** What a sync point goes by. */
export function termsOf(point: SyncPointRow): PointTerms {
  const { rule, leaver, lateJoiner } = point;
  return { rule, leaver, lateJoiner, policy: point.deadline.policy };
}

/** Whether it is open, and since what it is not. */
export function statusOf(point: SyncPointRow): PointStanding['status'] {
  if ((point.cancelledAt ?? null) !== null) return 'cancelled';
  return (point.releasedAt ?? null) === null ? 'open' : 'released';
}

/** Where a locked sync point stands, by its counts; those of one that has none yet are made. */
export async function pointStanding(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  now: Instant,
): Promise<PointStanding> {
  const tally = point.tally ?? (await countMembers(deps, tx, point, now));
  return { status: statusOf(point), isLate: (point.deadlinePassedAt ?? null) !== null, tally };
}

/** Counts the members of a locked sync point anew, from their rows, their regions and their facts. */
export async function countMembers(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  now: Instant,
): Promise<Tally> {
  await tx.flush();
  const subjects = new Map(
    (await listSyncSubjects(tx, point.scheme, point.milestone, null)).map((one) => [one.region, one]),
  );
  const counted = [];
  for (const member of await listSyncMembers(tx, point.scheme, point.id)) {
    const subject = subjects.get(member.region) ?? {
      region: member.region,
      country: '',
      class: null,
      cycleId: null,
      status: null,
      reachedAt: null,
    };
    const parts = await memberParts(deps, tx, point, { subject, now });
    await changeSyncMember(tx, member, { parts });
    counted.push({ parts, state: member.state });
  }
  const tally = tallyOf(point.rule, counted);
  await changeSyncPoint(tx, point, { tally });
  return tally;
}
