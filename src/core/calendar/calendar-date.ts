import { DomainError } from '../terms/domain-error.js';

/** A day on the calendar, without time or zone: `YYYY-MM-DD`, proleptic Gregorian. Sorts as text. */
export type CalendarDate = string & { readonly __brand: 'CalendarDate' };

/** The first and last year that a date may lie in; anything else is taken for a slip of the keyboard. */
export const YEAR_FIRST = 1900;
export const YEAR_LAST = 2200;

const DAY_MS = 86_400_000;
const DAY_NUMBER_FIRST = Date.UTC(YEAR_FIRST, 0, 1) / DAY_MS;
const DAY_NUMBER_LAST = Date.UTC(YEAR_LAST, 11, 31) / DAY_MS;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a date of the form `YYYY-MM-DD`. Null for anything else: another form, blanks around it, a day that
 * does not exist (`2017-02-30`), a year outside `YEAR_FIRST` to `YEAR_LAST`.
 */
export function parseCalendarDate(text: string): CalendarDate | null {
  if (!ISO_DATE.test(text)) return null;
  const dayNumber = Date.parse(text) / DAY_MS;
  if (!isDayNumber(dayNumber)) return null;
  // Date.parse answers NaN for a month 13 but moves 30 February into March: only the way back tells.
  return isoDate(dayNumber) === text ? (text as CalendarDate) : null;
}

/** Whole days from 1970-01-01 to `date`; negative before it. */
export function toDayNumber(date: CalendarDate): number {
  return Date.parse(date) / DAY_MS;
}

/**
 * The date `dayNumber` whole days after 1970-01-01: the inverse of `toDayNumber`.
 *
 * @throws DomainError `calendar.out-of-range` for a fraction, or a year outside `YEAR_FIRST` to `YEAR_LAST`
 */
export function fromDayNumber(dayNumber: number): CalendarDate {
  if (!isDayNumber(dayNumber)) {
    throw new DomainError('calendar.out-of-range', { dayNumber, yearFirst: YEAR_FIRST, yearLast: YEAR_LAST });
  }
  return isoDate(dayNumber) as CalendarDate;
}

function isDayNumber(value: number): boolean {
  return Number.isInteger(value) && value >= DAY_NUMBER_FIRST && value <= DAY_NUMBER_LAST;
}

function isoDate(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
