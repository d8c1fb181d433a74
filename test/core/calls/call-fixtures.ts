import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { makeWorkingCalendar, type WorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import type {
  Blackout,
  BudgetYear,
  CallConstraints,
  DayBound,
  DaysBound,
  Leeway,
  RegionConstraints,
} from '../../../src/core/calls/alignment-constraints.js';
import { callRules } from '../../../src/core/calls/call-rules.js';

/** A date written in a test; throws if it is not one. */
export function day(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (date === null) throw new Error(`${text} is not a date`);
  return date;
}

const YEARS = { first: 2013, last: 2032 };

export function calendarOf(id: string, holidays: readonly string[] = [], weekend = [6, 7]): WorkingCalendar {
  return makeWorkingCalendar({
    id,
    zone: 'Europe/Vienna',
    weekend,
    holidays: holidays.map(day),
    coveredYears: YEARS,
  });
}

/** Works on every day. */
export const EVERY_DAY = calendarOf('EVERY-DAY', [], []);
/** Rests on Saturday and Sunday. */
export const WEEKDAYS = calendarOf('WEEKDAYS');

export const locked = (days: number): DaysBound => ({ days, leeway: null });
export const on = (text: string, leeway: Leeway | null = null): DayBound => ({ on: day(text), leeway });
export const leeway = (daysMax: number, costPerDay = 1): Leeway => ({ daysMax, costPerDay });

export function blackout(name: string, from: string, to: string, other: Partial<Blackout> = {}): Blackout {
  const forbids = ['opening', 'deadline', 'ranking', 'decision'] as const;
  return { name, from: day(from), to: day(to), forbids, leeway: null, ...other };
}

export function budgetYear(name: string, from: string, to: string, leeway: Leeway | null = null): BudgetYear {
  return { name, from: day(from), to: day(to), leeway };
}

/** A region that asks for nothing of its own. */
export function regionOf(region: string, other: Partial<RegionConstraints> = {}): RegionConstraints {
  return {
    region,
    calendar: EVERY_DAY,
    blackouts: [],
    noticeDays: locked(0),
    openDays: locked(0),
    localLead: { least: locked(0), most: locked(31) },
    meetings: null,
    decisionDays: null,
    budgetYears: null,
    ...other,
  };
}

/** A call in 2026 and 2027 with the rules as they are, for regions that ask for nothing. */
export function callOf(
  regions: readonly RegionConstraints[],
  other: Partial<CallConstraints> = {},
): CallConstraints {
  return {
    rules: callRules(),
    ruleLeeways: {},
    earliestDay: on('2026-01-01'),
    lastDay: on('2027-12-31'),
    evaluationDays: locked(80),
    secretariat: { calendar: EVERY_DAY, blackouts: [] },
    regions,
    ...other,
  };
}
