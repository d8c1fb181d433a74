import { judgeBarrier, type BarrierMember } from '../sync/barrier.js';
import type { BarrierRule, LeaverPolicy } from '../sync/sync-point.js';

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
  const atBest = members.map((member): BarrierMember => ({
    region: member.region,
    state: isThere(member) ? 'arrived' : member.state,
  }));
  return judgeBarrier(rule, atBest, leaver).holds;
}
