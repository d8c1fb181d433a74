import { toDayNumber, YEAR_FIRST, YEAR_LAST, type CalendarDate } from './calendar-date.js';
import { isZone } from './zone.js';
import { DomainError } from '../terms/domain-error.js';

const DAYS_PER_WEEK = 7;

/** ISO weekday (1 Monday to 7 Sunday) of 1970-01-01, the day with the number 0. */
const WEEKDAY_OF_DAY_ZERO = 4;

/** A calendar as it is written down: one file of `config/calendars/`. */
export interface WorkingCalendarData {
  /** Names the calendar: country and subdivision, e.g. `AT-5`. */
  readonly id: string;
  /** IANA name of the time zone in which its days begin and end. */
  readonly zone: string;
  /** ISO weekdays (1 Monday to 7 Sunday) on which nobody works; at most six, in any order. */
  readonly weekend: readonly number[];
  /** Public holidays, in any order; those on a weekend do no harm. */
  readonly holidays: Iterable<CalendarDate>;
  /** The years for which the holidays are known, both included. Outside them nothing is answered. */
  readonly coveredYears: { readonly first: number; readonly last: number };
}

/** A calendar that can be asked about working days; made by `makeWorkingCalendar`, never changed. */
export interface WorkingCalendar extends WorkingCalendarData {
  readonly holidays: ReadonlySet<CalendarDate>;
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /**
   * The day numbers of all working days of the covered years, ascending; for `working-days` only, to be read.
   *
   * One list serves both questions: its length up to a day counts, its index adds. Arithmetic on weeks with a
   * search in the holidays would save about 30 KB for 30 years and need a second search to add.
   */
  readonly workingDayNumbers: Int32Array;
}

/**
 * Prepares a calendar for counting: once per calendar, at the start of a process (about 11,000 days are looked
 * at for 30 years).
 *
 * @throws DomainError `definition.invalid` with the calendar's id and a reason: zone not known, weekend not made
 *   of one to six different ISO weekdays (or none), years reversed or not in the calendar, a holiday outside the
 *   covered years
 */
export function makeWorkingCalendar(data: WorkingCalendarData): WorkingCalendar {
  const holidays: ReadonlySet<CalendarDate> = new Set(data.holidays);
  const reason = reasonAgainst(data, holidays);
  if (reason !== null) throw new DomainError('definition.invalid', { calendar: data.id, reason });

  const { first, last } = data.coveredYears;
  const firstDay = `${first}-01-01` as CalendarDate;
  const lastDay = `${last}-12-31` as CalendarDate;
  return Object.freeze({
    id: data.id,
    zone: data.zone,
    weekend: Object.freeze([...data.weekend]),
    holidays,
    coveredYears: Object.freeze({ first, last }),
    firstDay,
    lastDay,
    workingDayNumbers: workingDayNumbers(toDayNumber(firstDay), toDayNumber(lastDay), data.weekend, holidays),
  });
}

/** ISO weekday of a day number: 1 Monday to 7 Sunday. */
export function weekdayOf(dayNumber: number): number {
  const sinceMonday = (dayNumber + WEEKDAY_OF_DAY_ZERO - 1) % DAYS_PER_WEEK;
  return ((sinceMonday + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1;
}

function reasonAgainst(data: WorkingCalendarData, holidays: ReadonlySet<CalendarDate>): string | null {
  if (!isZone(data.zone)) return `zone ${data.zone} is not known`;

  const weekend = new Set(data.weekend);
  const areWeekdays = data.weekend.every((day) => Number.isInteger(day) && day >= 1 && day <= DAYS_PER_WEEK);
  if (!areWeekdays || weekend.size !== data.weekend.length || weekend.size === DAYS_PER_WEEK) {
    return `weekend [${data.weekend.join(', ')}] is not a list of different ISO weekdays that leaves one to work`;
  }

  const { first, last } = data.coveredYears;
  const areYears = Number.isInteger(first) && Number.isInteger(last);
  if (!areYears || first < YEAR_FIRST || last > YEAR_LAST || first > last) {
    return `covered years ${first} to ${last} are not a range within ${YEAR_FIRST} to ${YEAR_LAST}`;
  }
  for (const holiday of holidays) {
    const year = Number(holiday.slice(0, 4));
    if (!(year >= first && year <= last)) return `holiday ${holiday} is outside the covered years`;
  }
  return null;
}

function workingDayNumbers(
  firstDay: number,
  lastDay: number,
  weekend: readonly number[],
  holidays: ReadonlySet<CalendarDate>,
): Int32Array {
  const holidayNumbers = new Set(Array.from(holidays, toDayNumber));
  const days: number[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    if (!weekend.includes(weekdayOf(day)) && !holidayNumbers.has(day)) days.push(day);
  }
  return Int32Array.from(days);
}
