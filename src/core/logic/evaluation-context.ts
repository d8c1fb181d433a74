import type { CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactScalar, Facts } from '../facts/fact-value.js';

/**
 * The value that a rule's parameter has in this region, or the name of the fact of the region on which it depends
 * and which is not known.
 */
export type ParameterValue = { readonly value: FactScalar } | { readonly missing: string };

/** Everything that an evaluation may read; nothing is fetched while it runs. */
export interface EvaluationContext {
  readonly facts: Facts;
  /** The day of the decision in the region's zone. */
  readonly today: CalendarDate;
  /** The region's own. */
  readonly calendar: WorkingCalendar;
  /** Those of the region's neighbours in the scheme; empty where it has none, then its own stands in for them. */
  readonly neighbourCalendars: readonly WorkingCalendar[];
  /** Asked only for parameters that the rule declares. */
  readonly parameters: (name: string) => ParameterValue;
}
