import type { Instant } from '../terms/instant.js';
import type { BarrierRule } from './barrier-rule.js';
import { judgeTally } from './judge-tally.js';
import type { DeadlinePolicy, LeaverPolicy } from './sync-point.js';
import {
  moveAll,
  withMember,
  withoutMember,
  type MemberPart,
  type MemberState,
  type Tally,
} from './tally.js';

/** What a sync point goes by. */
export interface PointTerms {
  readonly rule: BarrierRule;
  readonly leaver: LeaverPolicy;
  readonly lateJoiner: 'add' | 'refuse';
  readonly policy: DeadlinePolicy;
}

/** Where a sync point stands. */
export interface PointStanding {
  readonly status: 'open' | 'released' | 'cancelled';
  /** Whether its deadline has passed and its policy has been applied. */
  readonly isLate: boolean;
  readonly tally: Tally;
}

/** One member as it stands. */
export interface MemberStanding {
  readonly state: MemberState;
  readonly since: Instant;
  readonly parts: readonly MemberPart[];
}

/** What can happen at a sync point. What names no member is about the point as a whole. */
export type PointEvent =
  /** The member has reached the milestone. */
  | { readonly type: 'arrive'; readonly at: Instant }
  /** What it had reached is taken back. */
  | { readonly type: 'retreat'; readonly at: Instant }
  /** Its cycle rests, or goes on. @param reachedAt when it reached the milestone; null: it has not */
  | { readonly type: 'rest'; readonly at: Instant; readonly reachedAt: Instant | null }
  | { readonly type: 'resume'; readonly at: Instant; readonly reachedAt: Instant | null }
  | { readonly type: 'leave'; readonly at: Instant }
  /** A region comes in, for the first time or again. @param state where it stands already */
  | {
      readonly type: 'join';
      readonly at: Instant;
      readonly state: Exclude<MemberState, 'left'>;
      readonly parts: readonly MemberPart[];
      /** Whoever has the right to lets it in although late joiners are refused. */
      readonly isInvited: boolean;
    }
  /** It counts differently from now on. */
  | { readonly type: 'recount'; readonly parts: readonly MemberPart[] }
  | { readonly type: 'deadline' }
  | { readonly type: 'release-by-hand' }
  | { readonly type: 'cancel' }
  /** Nothing has happened: look again. */
  | { readonly type: 'judge' };

/** What follows of an event. */
export interface PointStep {
  readonly standing: PointStanding;
  /** The member as it stands from now on; null: it stays as it is (or there is none). */
  readonly member: MemberStanding | null;
  /** It is released by this step, and by what; null: it is not. */
  readonly released: 'rule' | 'deadline' | 'hand' | null;
  /** Everybody who waits or rests leaves. */
  readonly dropsLate: boolean;
  /** The coordinator has to be told that the deadline has passed. */
  readonly escalates: boolean;
  /** Why nothing was done; null: it was done, or there was nothing to do. */
  readonly refused: 'ended' | 'late-joiner' | null;
  /** Whether it can still hold; true of one that has ended. Nobody waits at one at which nobody is left. */
  readonly isReachable: boolean;
}

/**
 * Decides what an event does to a sync point: the only place where one is released or cancelled. It never reads more
 * than the counts and the one member that the event is about.
 *
 * Released once, and never after it was cancelled: both are the end. After the release whoever is still under way
 * arrives late, and nothing follows; nobody begins to rest at it or leaves it, as what was true then stays on record.
 * Below its rule it is released by a deadline whose policy says so or by hand, and by nothing else.
 */
export function decidePoint(
  terms: PointTerms,
  standing: PointStanding,
  event: PointEvent,
  member: MemberStanding | null,
): PointStep {
  if (standing.status === 'cancelled') return still(standing, refusesEnd(event) ? 'ended' : null);
  if (standing.status === 'released' && refusesEnd(event)) return still(standing, 'ended');

  switch (event.type) {
    case 'deadline':
      return passDeadline(terms, standing);
    case 'release-by-hand':
      return { ...still({ ...standing, status: 'released' }), released: 'hand' };
    case 'cancel':
      return still({ ...standing, status: 'cancelled' });
    case 'judge':
      return judged(terms, standing, null);
    case 'join':
      return join(terms, standing, event, member);
    default: {
      const next = member === null ? null : nextOf(standing, event, member);
      return next === null || member === null
        ? judged(terms, standing, null)
        : judged(terms, { ...standing, tally: moved(standing.tally, member, next) }, next);
    }
  }
}

/** Whether there is no point in the event once the sync point has ended. */
function refusesEnd({ type }: PointEvent): boolean {
  return type === 'release-by-hand' || type === 'cancel' || type === 'join' || type === 'deadline';
}

type MemberEvent = Extract<
  PointEvent,
  { readonly type: 'arrive' | 'retreat' | 'rest' | 'resume' | 'leave' | 'recount' }
>;

/** Null: nothing changes. */
function nextOf(
  { status }: PointStanding,
  event: MemberEvent,
  member: MemberStanding,
): MemberStanding | null {
  const to = (state: MemberState, since: Instant) => ({ ...member, state, since });
  const isOpen = status === 'open';
  switch (event.type) {
    case 'arrive':
      // What one reaches while one rests counts when one goes on.
      return member.state === 'waiting' || (member.state === 'resting' && event.at <= member.since)
        ? to('arrived', event.at)
        : null;
    case 'retreat':
      return member.state === 'arrived' ? to('waiting', event.at) : null;
    case 'rest': {
      if (member.state !== 'waiting' && member.state !== 'resting') return null;
      if (event.reachedAt !== null && event.reachedAt <= event.at) return to('arrived', event.reachedAt);
      return isOpen && member.state === 'waiting' ? to('resting', event.at) : null;
    }
    case 'resume': {
      if (member.state !== 'waiting' && member.state !== 'resting') return null;
      if (event.reachedAt !== null) return to('arrived', event.reachedAt);
      return member.state === 'resting' ? to('waiting', event.at) : null;
    }
    case 'leave':
      return isOpen && member.state !== 'left' ? to('left', event.at) : null;
    case 'recount':
      return { ...member, parts: event.parts };
  }
}

function join(
  terms: PointTerms,
  standing: PointStanding,
  { at, state, parts, isInvited }: Extract<PointEvent, { readonly type: 'join' }>,
  member: MemberStanding | null,
): PointStep {
  if (member !== null && member.state !== 'left') return judged(terms, standing, null);
  if (terms.lateJoiner === 'refuse' && !isInvited) return still(standing, 'late-joiner');
  const next = { state, since: at, parts };
  const without =
    member === null ? standing.tally : withoutMember(standing.tally, member.parts, member.state);
  return judged(terms, { ...standing, tally: withMember(without, parts, state) }, next);
}

function passDeadline(terms: PointTerms, standing: PointStanding): PointStep {
  if (standing.isLate) return still(standing);
  const late = { ...standing, isLate: true };
  switch (terms.policy) {
    case 'hold':
      return judged(terms, late, null);
    case 'escalate': {
      const step = judged(terms, late, null);
      return { ...step, escalates: step.released === null };
    }
    case 'release':
      return { ...still({ ...late, status: 'released' }), released: 'deadline' };
    case 'drop-late': {
      const tally = moveAll(late.tally, ['waiting', 'resting'], 'left');
      return { ...judged(terms, { ...late, tally }, null), dropsLate: true };
    }
  }
}

function moved(tally: Tally, before: MemberStanding, after: MemberStanding): Tally {
  return withMember(withoutMember(tally, before.parts, before.state), after.parts, after.state);
}

/** Releases an open sync point whose rule holds. */
function judged(terms: PointTerms, standing: PointStanding, member: MemberStanding | null): PointStep {
  if (standing.status !== 'open') return { ...still(standing), member };
  const { holds, reachable } = judgeTally(terms.rule, standing.tally, terms.leaver);
  const { waiting, arrived, resting } = standing.tally.members;
  return {
    ...still(holds ? { ...standing, status: 'released' } : standing),
    member,
    released: holds ? 'rule' : null,
    isReachable: holds || reachable || waiting + arrived + resting === 0,
  };
}

function still(standing: PointStanding, refused: PointStep['refused'] = null): PointStep {
  return {
    standing,
    member: null,
    released: null,
    dropsLate: false,
    escalates: false,
    refused,
    isReachable: true,
  };
}
