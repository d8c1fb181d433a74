import { fromDayNumber, toDayNumber } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { isWorkingDay } from '../calendar/working-days.js';

/** A day that never comes, or so late that no calendar covers it: greater than every day number. */
export const NEVER = 2 ** 31 - 1;

const DAYS_PER_WEEK = 7;

/** Counts days on day numbers, a million times a second: what `working-days` does on dates. */
export interface DayCounter {
  /** The day `count` (at least 1) days after `day`; `NEVER` beyond what the calendar covers. */
  readonly after: (day: number, count: number) => number;
  /** How many of its days a week has. */
  readonly daysPerWeek: number;
}

/** Every day counts. */
export const CALENDAR_DAYS: DayCounter = {
  after: (day, count) => (day === NEVER ? NEVER : day + count),
  daysPerWeek: DAYS_PER_WEEK,
};

const counters = new WeakMap<WorkingCalendar, DayCounter>();

/** Counts the working days of a calendar; made once for each, as looking at 30 years costs some milliseconds. */
export function workingDayCounter(calendar: WorkingCalendar): DayCounter {
  const known = counters.get(calendar);
  if (known !== undefined) return known;
  const counter = makeCounter(calendar);
  counters.set(calendar, counter);
  return counter;
}

function makeCounter(calendar: WorkingCalendar): DayCounter {
  const first = toDayNumber(calendar.firstDay);
  const length = toDayNumber(calendar.lastDay) - first + 1;
  const working: number[] = [];
  const countUpTo = Int32Array.from({ length }, (_, index) => {
    if (isWorkingDay(calendar, fromDayNumber(first + index))) working.push(first + index);
    return working.length;
  });
  return {
    after: (day, count) => {
      const before = countUpTo[day - first];
      return before === undefined ? NEVER : (working[before + count - 1] ?? NEVER);
    },
    daysPerWeek: DAYS_PER_WEEK - calendar.weekend.length,
  };
}
