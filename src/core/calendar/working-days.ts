import { fromDayNumber, toDayNumber, type CalendarDate } from './calendar-date.js';
import { weekdayOf, type WorkingCalendar } from './working-calendar.js';
import { DomainError } from '../terms/domain-error.js';

// Working days are counted as in Regulation (EEC, Euratom) No 1182/71: all days but public holidays, Saturdays
// and Sundays (Article 2(2)), and the day of the event itself is not counted (Article 3(1)). The calendar is the
// one of whoever has to act, not of the sender.

/**
 * Whether `date` is neither a weekend day nor a public holiday.
 *
 * @throws DomainError `calendar.out-of-range` if the calendar does not cover the date's year
 */
export function isWorkingDay(calendar: WorkingCalendar, date: CalendarDate): boolean {
  const day = coveredDay(calendar, date);
  return !calendar.weekend.includes(weekdayOf(day)) && !calendar.holidays.has(date);
}

/**
 * How many working days lie after `from`, up to and including `to`. From Friday to the next Monday it is 1, from
 * Friday to Sunday 0, from a day to itself 0.
 *
 * Negative if `to` lies before `from`, and then the mirror image: `between(a, b) = -between(b, a)`. Counts add up:
 * `between(a, b) + between(b, c) = between(a, c)`, whatever the order of the three.
 *
 * @throws DomainError `calendar.out-of-range` if the calendar does not cover the year of either date
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: CalendarDate, to: CalendarDate): number {
  return (
    countUpTo(calendar.workingDayNumbers, coveredDay(calendar, to)) -
    countUpTo(calendar.workingDayNumbers, coveredDay(calendar, from))
  );
}

/**
 * The `count`-th working day after `from`; with a negative count, the `-count`-th before it. Zero gives `from`
 * itself, whether anyone works on it or not.
 *
 * `workingDaysBetween(from, result)` is `count` again, for every `from` if the count is positive, and for a
 * `from` that is a working day if it is negative: from a Sunday, one working day back is the Friday, and from
 * there to the Sunday nobody works.
 *
 * @throws DomainError `calendar.out-of-range` if `from` or the result is not covered, or for a fraction of a day
 */
export function addWorkingDays(calendar: WorkingCalendar, from: CalendarDate, count: number): CalendarDate {
  const day = coveredDay(calendar, from);
  if (count === 0) return from;
  const { workingDayNumbers } = calendar;
  const index =
    count > 0 ? countUpTo(workingDayNumbers, day) + count - 1 : countUpTo(workingDayNumbers, day - 1) + count;
  return dateAtIndex(calendar, index, { from, count });
}

/**
 * `date` itself if it is a working day, otherwise the next one: for a deadline whose rule says that it moves.
 * A rule that does not say so keeps its date.
 *
 * @throws DomainError `calendar.out-of-range` if the date or the result is not covered
 */
export function workingDayOnOrAfter(calendar: WorkingCalendar, date: CalendarDate): CalendarDate {
  const index = countUpTo(calendar.workingDayNumbers, coveredDay(calendar, date) - 1);
  return dateAtIndex(calendar, index, { from: date });
}

/** The day number of `date`, once it is sure that the calendar can answer for it. */
function coveredDay(calendar: WorkingCalendar, date: CalendarDate): number {
  if (date < calendar.firstDay || date > calendar.lastDay) throw outOfRange(calendar, { date });
  return toDayNumber(date);
}

/** `asked` only tells the reader of the error what led there. */
function dateAtIndex(calendar: WorkingCalendar, index: number, asked: Record<string, unknown>): CalendarDate {
  const day = calendar.workingDayNumbers[index];
  if (day === undefined) throw outOfRange(calendar, asked);
  return fromDayNumber(day);
}

function outOfRange(calendar: WorkingCalendar, asked: Record<string, unknown>): DomainError {
  return new DomainError('calendar.out-of-range', {
    ...asked,
    calendar: calendar.id,
    coveredYears: calendar.coveredYears,
  });
}

/** How many of the ascending `days` are not after `day`. */
function countUpTo(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = days[middle];
    if (found !== undefined && found <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
