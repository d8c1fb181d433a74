import type { CalendarDate } from './calendar-date.js';
import { DUE_TIME } from './delay.js';
import type { WorkingCalendar } from './working-calendar.js';
import { addWorkingDays, workingDayOnOrAfter } from './working-days.js';
import { instantAt } from './zoned-instant.js';
import type { Instant } from '../terms/instant.js';

/**
 * When somebody is told of a due day: at `DUE_TIME` on the working day that lies so many working days from it, in the
 * calendar and zone of whoever acts. The due day itself, where nobody works on it, stands for the next working day.
 * So it is never on a weekend or holiday.
 *
 * @param workingDays negative: before the due day
 * @param place.zone IANA name
 * @throws DomainError `calendar.out-of-range` where the calendar does not reach so far
 */
export function ladderInstant(
  place: { readonly calendar: WorkingCalendar; readonly zone: string },
  dueOn: CalendarDate,
  workingDays: number,
): Instant {
  const { calendar, zone } = place;
  const day =
    workingDays === 0 ? workingDayOnOrAfter(calendar, dueOn) : addWorkingDays(calendar, dueOn, workingDays);
  return instantAt(day, DUE_TIME, zone);
}
