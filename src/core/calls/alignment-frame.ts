import { fromDayNumber, toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { isWorkingDay } from '../calendar/working-days.js';
import { CALL_OWNER, type CallConstraints } from './alignment-constraints.js';
import { isStartDay } from './call-rules.js';
import { judgeConstraints } from './judge-constraints.js';

/** The days that are looked at for a call, counted from 0, and what is the same wherever its constraints stand. */
export interface AlignmentFrame {
  readonly call: CallConstraints;
  /** Number of days. */
  readonly length: number;
  /** The days of `earliestDay` and `lastDay` as they are given. */
  readonly earliest: number;
  readonly last: number;
  /** By owner (region, or `call` for the secretariat): 1 on its working days. */
  readonly working: ReadonlyMap<string, Uint8Array>;
  /** 1 on the days of a month on which projects may start. */
  readonly startDays: Uint8Array;
  /** Of a date; negative or beyond the length where it lies outside. */
  readonly dayOf: (date: CalendarDate) => number;
  readonly dateOf: (day: number) => CalendarDate;
}

/**
 * Lays out the days from the earliest to the last one, and those by which these two may move.
 *
 * @throws DomainError as `judgeConstraints`; `calendar.out-of-range` if a calendar does not cover these days
 */
export function makeFrame(call: CallConstraints): AlignmentFrame {
  judgeConstraints(call);
  const before = call.earliestDay.leeway?.daysMax ?? 0;
  const after = call.lastDay.leeway?.daysMax ?? 0;
  const first = toDayNumber(call.earliestDay.on) - before;
  const last = toDayNumber(call.lastDay.on) - first;
  const length = last + after + 1;
  const dates = Array.from({ length }, (_, day) => fromDayNumber(first + day));

  const tables = new Map<WorkingCalendar, Uint8Array>();
  const workingTable = (calendar: WorkingCalendar): Uint8Array => {
    const table =
      tables.get(calendar) ?? Uint8Array.from(dates, (date) => Number(isWorkingDay(calendar, date)));
    tables.set(calendar, table);
    return table;
  };
  // Each date is asked for once per place of the constraints that is tried: thousands of times.
  const days = new Map<CalendarDate, number>();
  const dayOf = (date: CalendarDate): number => {
    const day = days.get(date) ?? toDayNumber(date) - first;
    days.set(date, day);
    return day;
  };
  return {
    call,
    length,
    earliest: before,
    last,
    working: new Map([
      [CALL_OWNER, workingTable(call.secretariat.calendar)],
      ...call.regions.map(({ region, calendar }) => [region, workingTable(calendar)] as const),
    ]),
    startDays: Uint8Array.from(dates, (date) => Number(isStartDay(date, call.rules))),
    dayOf,
    dateOf: (day) => fromDayNumber(first + day),
  };
}
