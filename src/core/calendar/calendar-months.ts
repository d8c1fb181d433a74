import { fromDayNumber, toDayNumber, YEAR_FIRST, YEAR_LAST, type CalendarDate } from './calendar-date.js';
import { DomainError } from '../terms/domain-error.js';

const MONTHS_PER_YEAR = 12;

/**
 * The same day of the month, `months` (whole, may be negative) calendar months away.
 *
 * Where that month has no such day, its last day: 31 January + 1 is 28 or 29 February, 29 February 2016 + 12 is
 * 28 February 2017. The day is not carried along: 28 February + 1 is 28 March. So adding in two steps may differ
 * from adding at once; a recurring date must be counted from its first day.
 *
 * Source of the rule: Regulation (EEC, Euratom) No 1182/71, Article 3(2)(c), last sentence.
 *
 * @throws DomainError `calendar.out-of-range` for a fraction of a month, or a result outside the calendar's years
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const target = monthNumber(date) + months;
  const year = Math.floor(target / MONTHS_PER_YEAR);
  if (!Number.isInteger(months) || year < YEAR_FIRST || year > YEAR_LAST) {
    throw new DomainError('calendar.out-of-range', { date, months });
  }
  const first = firstOfMonth(target);
  const day = Math.min(dayOfMonth(date), daysInMonth(target));
  return fromDayNumber(first + day - 1);
}

/**
 * Whole calendar months from `from` to `to`: the largest `n` for which `addMonths(from, n)` is not after `to`.
 * Negative if `to` lies before `from`, and then the mirror image: `monthsBetween(a, b) = -monthsBetween(b, a)`.
 *
 * By the rule of `addMonths`, 31 January to 28 February 2017 is 1 month, and 29 February 2016 to 28 February 2017
 * is 12; 28 February to 31 March is 1.
 */
export function monthsBetween(from: CalendarDate, to: CalendarDate): number {
  if (to < from) return -monthsBetween(to, from) || 0; // never -0: it is not equal to 0 everywhere
  const months = monthNumber(to) - monthNumber(from);
  return addMonths(from, months) > to ? months - 1 : months;
}

/** The first day of the month of `date`. */
export function firstDayOfMonth(date: CalendarDate): CalendarDate {
  return fromDayNumber(firstOfMonth(monthNumber(date)));
}

/** The last day of the month of `date`. */
export function lastDayOfMonth(date: CalendarDate): CalendarDate {
  const month = monthNumber(date);
  return fromDayNumber(firstOfMonth(month) + daysInMonth(month) - 1);
}

/** Months since January of the year 0. */
function monthNumber(date: CalendarDate): number {
  return Number(date.slice(0, 4)) * MONTHS_PER_YEAR + Number(date.slice(5, 7)) - 1;
}

function dayOfMonth(date: CalendarDate): number {
  return Number(date.slice(8));
}

/** The day number of the first of a month. */
function firstOfMonth(month: number): number {
  const year = Math.floor(month / MONTHS_PER_YEAR);
  const monthOfYear = String((month % MONTHS_PER_YEAR) + 1).padStart(2, '0');
  return toDayNumber(`${year}-${monthOfYear}-01` as CalendarDate);
}

function daysInMonth(month: number): number {
  return firstOfMonth(month + 1) - firstOfMonth(month);
}
