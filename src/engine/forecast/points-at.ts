import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { SyncScope } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import type { MilestoneArrival } from '../../store/forecast-store.js';
import {
  listSyncMembers,
  listSyncPoints,
  type SyncMemberRow,
  type SyncPointRow,
} from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';

/** A sync point as it stood at some instant. */
export interface PointAt extends Pick<
  SyncPointRow,
  'id' | 'labels' | 'milestone' | 'rule' | 'leaver' | 'deadline'
> {
  readonly scope: SyncScope;
  readonly placedAt: Instant;
  /** Null: none is set. */
  readonly deadlineOn: CalendarDate | null;
  /** Null: not released by then. */
  readonly releasedAt: Instant | null;
  readonly isCancelled: boolean;
  readonly members: readonly Pick<SyncMemberRow, 'region' | 'state' | 'since'>[];
}

/**
 * The sync points of a scheme as they stood at `at`; those that were placed later are not among them. A member whose
 * state is younger was waited for; one that is waited for has arrived if its region had reached the milestone by then.
 */
export async function pointsAt(
  tx: Tx,
  scheme: { readonly id: string; readonly openedAt: Instant },
  at: Instant,
  arrivals: readonly MilestoneArrival[],
): Promise<readonly PointAt[]> {
  const points: PointAt[] = [];
  for (const point of await listSyncPoints(tx, scheme.id)) {
    const placedAt = point.placedAt ?? scheme.openedAt;
    if (placedAt > at) continue;
    const members = await listSyncMembers(tx, scheme.id, point.id);
    const { id, labels, milestone, rule, leaver, deadline } = point;
    points.push({
      id,
      labels,
      milestone,
      rule,
      leaver,
      deadline,
      placedAt,
      scope: scopeOf(point),
      deadlineOn: point.deadlineOn ?? null,
      releasedAt: by(point.releasedAt, at),
      isCancelled: by(point.cancelledAt, at) !== null,
      members: members.map(({ region, state, since }) => {
        const known =
          since <= at ? { region, state, since } : { region, state: 'waiting' as const, since: at };
        const reached = arrivals.find((one) => one.region === region && one.milestone === milestone);
        // What has been reached and not been carried to the point yet is on its way there.
        return known.state === 'waiting' && reached !== undefined && reached.at >= placedAt
          ? { region, state: 'arrived' as const, since: reached.at }
          : known;
      }),
    });
  }
  return points;
}

function scopeOf({ scopeKind, scopeKey }: SyncPointRow): SyncScope {
  return scopeKind === 'scheme' || (scopeKey ?? null) === null
    ? { kind: 'scheme' }
    : { kind: scopeKind, key: scopeKey ?? '' };
}

function by(happened: Instant | null | undefined, at: Instant): Instant | null {
  return happened === null || happened === undefined || happened > at ? null : happened;
}
