import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { JointScope } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import { lockSyncPointsIn } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { moveDeadline } from './point-deadline.js';
import { statusOf } from './point-standing.js';

/**
 * Gives the sync point that an activity or a call has by a template its last day, as S3 of a call the 30th day before
 * the opening; null: none any more. One that has ended keeps the day that it had.
 */
export async function setScopeDeadline(
  deps: EngineDeps,
  tx: Tx,
  {
    scheme,
    scope,
    template,
    on,
    now,
  }: {
    readonly scheme: string;
    readonly scope: JointScope;
    readonly template: string;
    readonly on: CalendarDate | null;
    readonly now: Instant;
  },
): Promise<void> {
  for (const point of await lockSyncPointsIn(tx, scheme, scope)) {
    if (point.template !== template || statusOf(point) !== 'open') continue;
    if ((point.deadlineOn ?? null) === on) continue;
    await moveDeadline(deps, tx, point, { on, now });
  }
}
