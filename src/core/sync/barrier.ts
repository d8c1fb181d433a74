import type { BarrierRule, LeaverPolicy } from './sync-point.js';

/**
 * A member of a sync point. `left`: it has left the scheme (withdrawn); whether it had arrived before counts no more.
 * `resting`: its cycle is suspended before it has arrived; it counts as one that left until its cycle goes on.
 */
export interface BarrierMember {
  readonly region: string;
  readonly state: 'waiting' | 'arrived' | 'resting' | 'left';
}

/** Where a barrier stands. Lists keep the order of the members. */
export interface BarrierState {
  /** True when enough have arrived: the sync point is to be released. */
  readonly holds: boolean;
  readonly arrived: readonly string[];
  /** Members that count and have not arrived; under `hold` also those that left or rest. */
  readonly missing: readonly string[];
  /** How many arrivals the rule asks for now; 0 when nobody is left to arrive, and then it never holds. */
  readonly needed: number;
}

/**
 * Judges a barrier from its members alone; their order does not matter, and one more arrival never closes it.
 *
 * A member that left or rests never counts as arrived. Under `shrink` it leaves the count: of `all` fewer are needed; of
 * `k-of-n` the k stays as long as k members remain and is then the number that remains, so that a sync point
 * does not wait for ever. Under `hold` it is still waited for: `all` cannot hold any more, until somebody
 * releases the point by hand or its deadline does. With no member left the barrier does not hold: there is
 * nobody for whom to release it.
 */
export function judgeBarrier(
  rule: BarrierRule,
  members: readonly BarrierMember[],
  leaver: LeaverPolicy,
): BarrierState {
  const counted =
    leaver === 'shrink' ? members.filter(({ state }) => state !== 'left' && state !== 'resting') : members;
  const arrived = counted.filter(({ state }) => state === 'arrived').map(({ region }) => region);
  const missing = counted.filter(({ state }) => state !== 'arrived').map(({ region }) => region);
  const needed = neededOf(rule, counted.length);
  return { holds: counted.length > 0 && arrived.length >= needed, arrived, missing, needed };
}

function neededOf(rule: BarrierRule, counted: number): number {
  switch (rule.kind) {
    case 'all':
      return counted;
    case 'k-of-n':
      return Math.min(rule.k, counted);
  }
}
