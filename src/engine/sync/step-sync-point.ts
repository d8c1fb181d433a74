import {
  decidePoint,
  type MemberStanding,
  type PointEvent,
  type PointStep,
} from '../../core/sync/point-state.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import {
  addSyncMember,
  changeSyncMember,
  changeSyncPoint,
  dropLateMembers,
  findSyncMember,
  type SyncMemberRow,
  type SyncPointRow,
} from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { notePointReach } from './note-point-reach.js';
import { pointStanding, termsOf } from './point-standing.js';
import { releaseSyncPoint } from './release-sync-point.js';
import type { SyncHand } from './sync-hand.js';
import { tellDeadline, tellDropped } from './tell-sync-point.js';

/** Something that has happened at a sync point. */
export interface PointHappening {
  readonly event: PointEvent;
  /** The region that it is about; null: the point as a whole. */
  readonly region: string | null;
  readonly now: Instant;
  /** Of one that leaves. */
  readonly why?: NonNullable<SyncMemberRow['why']>;
  /** Who releases or cancels it by hand, and why. */
  readonly hand?: SyncHand;
}

/**
 * Carries out what an event does to a sync point that this transaction has locked: the member, the counts, and what
 * follows of a release, a deadline, a cancellation, or of being out of reach. It reads one member, however many there
 * are; all of them only when the point is released.
 */
export async function stepSyncPoint(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  happening: PointHappening,
): Promise<PointStep> {
  const { event, region, now, hand } = happening;
  const before = await pointStanding(deps, tx, point, now);
  const member = region === null ? null : await findSyncMember(tx, point, region);
  const step = decidePoint(termsOf(point), before, event, member === null ? null : standingOf(member));
  if (step.refused !== null) return step;

  if (region !== null && step.member !== null)
    await keepMember(tx, point, member, { ...happening, region, step });
  const { standing } = step;
  const isCancelled = standing.status === 'cancelled' && before.status !== 'cancelled';
  await changeSyncPoint(tx, point, {
    ...(standing.tally === before.tally ? {} : { tally: standing.tally }),
    ...(standing.isLate === before.isLate ? {} : { deadlinePassedAt: now }),
    ...(isCancelled
      ? {
          cancelledAt: now,
          cancelledBy: (hand?.actor ?? SYSTEM_ACTOR).id,
          cancelReason: hand?.reason ?? null,
        }
      : {}),
  });
  if (step.dropsLate) {
    await tellDropped(deps, tx, point, { regions: await dropLateMembers(tx, point, now), now });
  }
  if (step.escalates) await tellDeadline(deps, tx, point, now);
  if (step.released !== null) {
    await releaseSyncPoint(deps, tx, point, {
      by: step.released,
      now,
      ...(hand === undefined ? {} : { hand }),
    });
  }
  await notePointReach(deps, tx, point, { isReachable: step.isReachable, now });
  return step;
}

async function keepMember(
  tx: Tx,
  point: SyncPointRow,
  member: SyncMemberRow | null,
  { step, region, now, why }: PointHappening & { readonly step: PointStep; readonly region: string },
): Promise<void> {
  if (step.member === null) return;
  const { state, since, parts } = step.member;
  if (member === null) {
    addSyncMember(tx, point, { region, state, since, parts }, now);
    return;
  }
  if (member.state === state && member.since === since && sameParts(member.parts, parts)) return;
  await changeSyncMember(tx, member, { state, since, parts, why: state === 'left' ? (why ?? null) : null });
}

function sameParts(a: SyncMemberRow['parts'], b: SyncMemberRow['parts']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function standingOf({ state, since, parts }: SyncMemberRow): MemberStanding {
  return { state, since, parts: parts ?? [] };
}
