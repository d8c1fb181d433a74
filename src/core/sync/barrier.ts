import type { BarrierRule } from './barrier-rule.js';
import { judgeTally, type LeafStanding } from './judge-tally.js';
import type { LeaverPolicy } from './sync-point.js';
import { partsOf, tallyOf, type MemberPart, type MemberState } from './tally.js';

/**
 * A member of a sync point. `left`: it has left the scheme (withdrawn); whether it had arrived before counts no more.
 * `resting`: its cycle is suspended before it has arrived; it counts as one that left until its cycle goes on.
 */
export interface BarrierMember {
  readonly region: string;
  readonly state: MemberState;
  /** ISO 3166-1; absent: not known, and then it is in no country's group. */
  readonly country?: string;
  readonly class?: string | null;
  /** What it is to each leaf of the rule, where that is known already; else it follows from the rest. */
  readonly parts?: readonly MemberPart[] | null | undefined;
}

/** Where a barrier stands. Lists keep the order of the members. */
export interface BarrierState {
  /** True when enough have arrived: the sync point is to be released. */
  readonly holds: boolean;
  /** Whether it can hold with the members that are left. */
  readonly reachable: boolean;
  readonly arrived: readonly string[];
  /** Members that count and have not arrived; under `hold` also those that left or rest. */
  readonly missing: readonly string[];
  /**
   * How many arrivals the rule asks for now: exactly of `all`, `k-of-n` and `share`, of every other at least. 0 when
   * nobody is left to arrive, and then it never holds.
   */
  readonly needed: number;
  /** Each rule that this one is put together from. */
  readonly leaves: readonly LeafStanding[];
}

/**
 * Judges a barrier from its members alone; their order does not matter, and one more arrival never closes it.
 *
 * A member that left or rests never counts as arrived. Under `shrink` it leaves the count: of `all` and of a share
 * fewer are needed; of `k-of-n` the k stays as long as k members remain and is then the number that remains, so that a
 * sync point does not wait for ever. Critical mass, weight, a number of groups and of true predicates never shrink:
 * with too few left the barrier is out of reach. Under `hold` who left is still waited for: `all` cannot hold any
 * more, until somebody releases the point by hand or its deadline does. With no member left the barrier does not
 * hold: there is nobody for whom to release it.
 */
export function judgeBarrier(
  rule: BarrierRule,
  members: readonly BarrierMember[],
  leaver: LeaverPolicy,
): BarrierState {
  const tally = tallyOf(
    rule,
    members.map((member) => ({ state: member.state, parts: member.parts ?? partsFor(rule, member) })),
  );
  const counted =
    leaver === 'shrink' ? members.filter(({ state }) => state !== 'left' && state !== 'resting') : members;
  return {
    ...judgeTally(rule, tally, leaver),
    arrived: counted.filter(({ state }) => state === 'arrived').map(({ region }) => region),
    missing: counted.filter(({ state }) => state !== 'arrived').map(({ region }) => region),
  };
}

function partsFor(rule: BarrierRule, member: BarrierMember): readonly MemberPart[] {
  return partsOf(rule, {
    region: member.region,
    country: member.country ?? '',
    class: member.class ?? null,
    truths: [],
  });
}
