import { judgeBarrier, type BarrierMember } from '../sync/barrier.js';
import { leavesOf, type BarrierRule } from '../sync/barrier-rule.js';
import type { LeaverPolicy } from '../sync/sync-point.js';
import { partsOf, TRUE_GROUP } from '../sync/tally.js';

/** A member of a sync point, and whether its region has a living cycle with which it can still arrive. */
export interface ProspectiveMember extends BarrierMember {
  readonly isLiving: boolean;
}

/**
 * Whether a sync point that is not released can still hold: when everybody arrives who can. Nobody is kept waiting by
 * one of which no member is left, so it counts as reachable: there is nothing to mend.
 */
export function canStillHold(
  rule: BarrierRule,
  members: readonly ProspectiveMember[],
  leaver: LeaverPolicy,
): boolean {
  const isThere = ({ state, isLiving }: ProspectiveMember): boolean =>
    state === 'arrived' || (state !== 'left' && isLiving);
  if (!members.some(isThere)) return true;
  const leaves = leavesOf(rule);
  const atBest = members.map((member): BarrierMember => {
    const { region, country = '', class: klass = null } = member;
    const parts = member.parts ?? partsOf(rule, { region, country, class: klass, truths: [] });
    return {
      region,
      state: isThere(member) ? 'arrived' : member.state,
      // Facts are recorded anew: of a predicate everybody may become true.
      parts: parts.map((part, at) => (leaves[at]?.kind === 'predicate' ? [TRUE_GROUP, 1] : part)),
    };
  });
  return judgeBarrier(rule, atBest, leaver).holds;
}
