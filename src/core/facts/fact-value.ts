import type { DatePrecision } from '../calendar/date-span.js';
import type { CalendarDate } from '../calendar/calendar-date.js';
import type { Instant } from '../terms/instant.js';

/** The scalar of a fact. A date is `YYYY-MM-DD`. There is no null: a fact without a value is absent. */
export type FactScalar = boolean | number | string;

/** One recorded fact of a cycle, with where it comes from. */
export interface FactValue {
  readonly fact: string;
  readonly value: FactScalar;
  /** Of the value, for dates; null for every other type. */
  readonly precision: DatePrecision | null;
  /** The day it was true in the world; null when only the day of recording is known. */
  readonly observedOn: CalendarDate | null;
  /** A reference to the supporting document (number, address); null when none was given. */
  readonly evidence: string | null;
  readonly note: string | null;
  /** Account id of the person who recorded it. */
  readonly recordedBy: string;
  readonly recordedAt: Instant;
  /** Number of the cycle in which it was recorded. */
  readonly cycleNumber: number;
}

/** The facts that a decision may use, by name; what is not in it is missing. */
export type Facts = ReadonlyMap<string, FactValue>;
