import { toDayNumber, YEAR_FIRST, YEAR_LAST, type CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactValue } from '../facts/fact-value.js';
import type { Interval } from './interval.js';

/** What is known of a fact: it may be anything of its type, it has this value, or it has none and will have none. */
export type Knowledge = 'free' | FactValue | 'missing';

/** All that facts and the day of the decision can be, for questions about every case at once. */
export interface Universe {
  /** The region's own. */
  readonly calendar: WorkingCalendar;
  /** Those of its neighbours; empty: its own stands in for them. */
  readonly neighbourCalendars: readonly WorkingCalendar[];
  /** Of a recorded fact by its name. */
  readonly knowledge: (fact: string) => Knowledge;
  /** The day of the decision: fixed, or as free as the dates. */
  readonly today: CalendarDate | 'free';
  /** The days that a free date may be, as day numbers. */
  readonly days: Interval;
  /** The day near which an example is looked for first. */
  readonly nearDay: number;
  /** Places of a decimal after the point: it is taken to be a multiple of the last one. */
  readonly decimalPlaces: number;
  /** What a free text may be: every text that matters, and some that do not. */
  readonly texts: readonly string[];
}

/** As day numbers: every date that Cordata can read. */
export const ALL_DAYS: Interval = {
  lo: toDayNumber(`${YEAR_FIRST}-01-01` as CalendarDate),
  hi: toDayNumber(`${YEAR_LAST}-12-31` as CalendarDate),
};
