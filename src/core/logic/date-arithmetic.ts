import { fromDayNumber, toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { addMonths } from '../calendar/calendar-months.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { workingDaysBetween } from '../calendar/working-days.js';
import type { Interval } from './interval.js';

// All three counts grow (or stay) when `to` moves on and shrink (or stay) when `from` does, so the least count lies
// between the last possible `from` and the first possible `to`, and the greatest between the other two ends. Days
// are day numbers. A count is negative if `to` lies before `from`.

/** Calendar days from `from` to `to`: 1 from a day to the next. */
export function daysBetween(from: Interval, to: Interval): Interval {
  return { lo: to.lo - from.hi, hi: to.hi - from.lo };
}

/**
 * Begun calendar months from `from` to `to`: the smallest n for which `from` plus n months is not before `to`. So
 * `<= 24` says exactly "not older than 24 months", to the day.
 */
export function begunMonthsBetween(from: Interval, to: Interval): Interval {
  return {
    lo: begunMonths(fromDayNumber(from.hi), fromDayNumber(to.lo)),
    hi: begunMonths(fromDayNumber(from.lo), fromDayNumber(to.hi)),
  };
}

/**
 * Working days after `from`, up to and including `to`: the smallest count among the calendars (at least one). Null
 * if one of them does not cover all the years in question, so that it cannot answer.
 */
export function fewestWorkingDaysBetween(
  calendars: readonly WorkingCalendar[],
  from: Interval,
  to: Interval,
): Interval | null {
  const first = fromDayNumber(Math.min(from.lo, to.lo));
  const last = fromDayNumber(Math.max(from.hi, to.hi));
  if (calendars.some(({ firstDay, lastDay }) => first < firstDay || last > lastDay)) return null;
  const counts = (start: number, end: number) =>
    calendars.map((calendar) => workingDaysBetween(calendar, fromDayNumber(start), fromDayNumber(end)));
  return { lo: Math.min(...counts(from.hi, to.lo)), hi: Math.min(...counts(from.lo, to.hi)) };
}

function begunMonths(from: CalendarDate, to: CalendarDate): number {
  const months = monthNumber(to) - monthNumber(from);
  return toDayNumber(addMonths(from, months)) >= toDayNumber(to) ? months : months + 1;
}

function monthNumber(date: CalendarDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
