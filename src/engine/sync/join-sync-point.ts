import type { PointStep } from '../../core/sync/point-state.js';
import type { MemberState } from '../../core/sync/tally.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { SyncPointRow } from '../../store/sync-store.js';
import { listSyncSubjects, type SyncSubject } from '../../store/sync-subject-store.js';
import { lastSuspendedAt } from '../../store/suspension-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { memberParts } from './member-parts.js';
import { stepSyncPoint } from './step-sync-point.js';

/**
 * Brings a region into a locked sync point, where it stands as its cycle does: it has arrived if it has reached the
 * milestone already.
 *
 * @param move.isInvited somebody with the right to lets it in although late joiners are refused
 * @throws DomainError `region.not-found`
 */
export async function joinSyncPoint(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  { region, isInvited, now }: { readonly region: string; readonly isInvited: boolean; readonly now: Instant },
): Promise<PointStep> {
  const [subject] = await listSyncSubjects(tx, point.scheme, point.milestone, [region]);
  if (subject === undefined) throw new DomainError('region.not-found', { region });
  const { state, since } = await standingAtFirst(tx, subject, now);
  const parts = await memberParts(deps, tx, point, { subject, now });
  const event = {
    type: 'join',
    at: since,
    state: state === 'left' ? 'waiting' : state,
    parts,
    isInvited,
  } as const;
  return stepSyncPoint(deps, tx, point, { event, region, now });
}

/** Where a region stands at a sync point that has just been placed; one without a living cycle can't arrive. */
export async function standingAtFirst(
  tx: Tx,
  { cycleId, status, reachedAt }: SyncSubject,
  now: Instant,
): Promise<{ readonly state: MemberState; readonly since: Instant }> {
  if (cycleId === null || (status !== 'active' && status !== 'suspended')) {
    return { state: status === null ? 'waiting' : 'left', since: now };
  }
  if (status === 'active') {
    return reachedAt === null ? { state: 'waiting', since: now } : { state: 'arrived', since: reachedAt };
  }
  const restsSince = (await lastSuspendedAt(tx, cycleId)) ?? now;
  return reachedAt !== null && reachedAt <= restsSince
    ? { state: 'arrived', since: reachedAt }
    : { state: 'resting', since: restsSince };
}
