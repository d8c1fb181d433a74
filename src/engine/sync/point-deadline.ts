import {
  fromDayNumber,
  parseCalendarDate,
  toDayNumber,
  type CalendarDate,
} from '../../core/calendar/calendar-date.js';
import { dayAfter } from '../../core/calendar/delay.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { dateInZone, instantAt } from '../../core/calendar/zoned-instant.js';
import type { SyncDeadline } from '../../core/sync/sync-point.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { findScheme, listRegions } from '../../store/scheme-store.js';
import { changeSyncPoint, type SyncPointRow } from '../../store/sync-store.js';
import { addTimer } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import { calendarsAt } from '../calendars/calendar-of.js';
import type { EngineDeps } from '../engine-deps.js';

const DAY_BEGINS = '00:00';

/** The last day of a sync point, and the instant at which it is over. */
export interface DeadlineDay {
  readonly on: CalendarDate;
  readonly at: Instant;
}

/**
 * When a deadline is over, in the calendar and the zone of the region or the calendar that it names, else of the
 * scheme's first region. Null: it has no last day.
 *
 * @throws DomainError `sync-point.invalid` for a region that is not in the scheme; `calendar.not-found`,
 *   `calendar.out-of-range`
 */
export async function deadlineDay(
  deps: EngineDeps,
  tx: Tx,
  {
    scheme,
    deadline,
    now,
  }: { readonly scheme: string; readonly deadline: SyncDeadline; readonly now: Instant },
): Promise<DeadlineDay | null> {
  if (deadline.on === null && deadline.after === undefined) return null;
  const calendar = await calendarFor(deps, tx, { scheme, deadline, now });
  const on =
    deadline.on === null
      ? dayAfter(calendar, dateInZone(now, calendar.zone), deadline.after ?? { calendarDays: 0 })
      : parseCalendarDate(deadline.on);
  if (on === null) throw new DomainError('sync-point.invalid', { reason: `${deadline.on} is no day` });
  return { on, at: instantAt(fromDayNumber(toDayNumber(on) + 1), DAY_BEGINS, calendar.zone) };
}

async function calendarFor(
  deps: EngineDeps,
  tx: Tx,
  {
    scheme,
    deadline,
    now,
  }: { readonly scheme: string; readonly deadline: SyncDeadline; readonly now: Instant },
): Promise<WorkingCalendar> {
  const calendars = await calendarsAt(deps, tx, now);
  const whose = deadline.in;
  if (whose !== undefined && 'calendar' in whose) return calendars(whose.calendar);
  const regions = await listRegions(tx, scheme);
  const region = whose === undefined ? regions[0] : regions.find(({ nuts }) => nuts === whose.region);
  if (region === undefined) {
    const reason = `the deadline is in the calendar of ${whose?.region ?? 'a region'}, which is not in the scheme`;
    throw new DomainError('sync-point.invalid', {
      reason,
      scheme,
      known: (await findScheme(tx, scheme)) !== null,
    });
  }
  return calendars(region.calendar);
}

/** Sets the timer that applies the policy of a deadline. One of a day that has been changed since does nothing. */
export function setDeadlineTimer(
  deps: EngineDeps,
  tx: Tx,
  { scheme, id: syncPoint }: Pick<SyncPointRow, 'scheme' | 'id'>,
  { on, at }: DeadlineDay,
): void {
  addTimer(tx, {
    id: deps.newId(),
    cycleId: null,
    taskId: null,
    effect: { type: 'sync-deadline', scheme, syncPoint, on },
    dueAt: at,
  });
}

/** Gives a locked sync point another last day; null: none. Its policy is applied on that day even if it was before. */
export async function moveDeadline(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  { on, now }: { readonly on: CalendarDate | null; readonly now: Instant },
): Promise<void> {
  const { after: _after, ...rest } = point.deadline;
  const deadline = { ...rest, on };
  const day = await deadlineDay(deps, tx, { scheme: point.scheme, deadline, now });
  await changeSyncPoint(tx, point, {
    deadline,
    deadlineOn: day?.on ?? null,
    deadlineAt: day?.at ?? null,
    deadlinePassedAt: null,
  });
  if (day !== null) setDeadlineTimer(deps, tx, point, day);
}
