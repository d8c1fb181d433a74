import type { CalendarDate } from '../calendar/calendar-date.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactValue } from '../facts/fact-value.js';
import { usableFacts } from '../facts/usable-facts.js';
import type { GateContext, Waiver } from './evaluate-gate.js';

/** All that a gate's answer rests on besides the rulebook: with both, it can be worked out again at any time. */
export interface DecisionInputs {
  readonly gate: string;
  /** Of the cycle: a fact of another one may not count. */
  readonly cycleNumber: number;
  /** The day of the decision in the region's zone. */
  readonly today: CalendarDate;
  /** Everything that was known, in the order of recording; which of it counts is for the catalogue to say. */
  readonly facts: readonly FactValue[];
  readonly waivers: readonly Waiver[];
  /** The region's own. */
  readonly calendar: WorkingCalendar;
  readonly neighbourCalendars: readonly WorkingCalendar[];
}

/** What a rulebook with this catalogue may look at. */
export function contextOf(catalogue: FactCatalogue, inputs: Omit<DecisionInputs, 'gate'>): GateContext {
  const { facts, stale } = usableFacts(catalogue, inputs.facts, inputs.cycleNumber, inputs.today);
  return {
    facts,
    stale,
    today: inputs.today,
    calendar: inputs.calendar,
    neighbourCalendars: inputs.neighbourCalendars,
  };
}
