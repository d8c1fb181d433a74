import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { DatePrecision } from '../../core/calendar/date-span.js';

/** One fact as somebody reports it; not yet checked against the catalogue. */
export interface FactEntry {
  readonly fact: string;
  /** Null takes the fact back: it is unknown again. */
  readonly value: unknown;
  /** Of the value, for dates only; null means to the day. */
  readonly precision: DatePrecision | null;
  readonly observedOn: CalendarDate | null;
  readonly evidence: string | null;
  readonly note: string | null;
}
