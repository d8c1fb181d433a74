import { parseCalendarDate, type CalendarDate } from '../calendar/calendar-date.js';
import { addMonths } from '../calendar/calendar-months.js';
import { checkFactValue } from './check-fact-value.js';
import type { FactCatalogue, FactDefinition } from './fact-catalogue.js';
import type { Facts, FactValue } from './fact-value.js';

export interface UsableFacts {
  readonly facts: Facts;
  /** Names of the facts that were left out because their value is too old. */
  readonly stale: ReadonlySet<string>;
}

/**
 * The facts that a decision on the day `today` may use. What is left out reads as missing:
 *
 * - a fact of scope `cycle` that was recorded in another cycle than `cycleNumber`;
 * - a value that has aged: `today` lies after the day it was true plus `staleAfterMonths`. That day is
 *   `observedOn`, or the (UTC) day of recording where it is null;
 * - what the catalogue does not know, derives itself, or would no longer accept: the definition of a fact may have
 *   changed since it was recorded.
 *
 * `recorded` is in the order of recording. Of several values of one fact the last counts, also if it has aged and an
 * earlier one has not: it was recorded to correct the earlier one.
 */
export function usableFacts(
  catalogue: FactCatalogue,
  recorded: readonly FactValue[],
  cycleNumber: number,
  today: CalendarDate,
): UsableFacts {
  const facts = new Map<string, FactValue>();
  for (const value of recorded) {
    const definition = catalogue.get(value.fact);
    if (definition !== undefined && fits(definition, value, cycleNumber)) facts.set(value.fact, value);
  }
  const stale = new Set<string>();
  for (const [name, value] of facts) {
    if (hasAged(catalogue.get(name)?.staleAfterMonths ?? null, value, today)) stale.add(name);
  }
  for (const name of stale) facts.delete(name);
  return { facts, stale };
}

function fits(definition: FactDefinition, value: FactValue, cycleNumber: number): boolean {
  if (definition.meanOf !== undefined) return false;
  if (definition.scope === 'cycle' && value.cycleNumber !== cycleNumber) return false;
  return 'ok' in checkFactValue(definition, value.value, value.precision);
}

function hasAged(staleAfterMonths: number | null, value: FactValue, today: CalendarDate): boolean {
  if (staleAfterMonths === null) return false;
  const trueOn = value.observedOn ?? parseCalendarDate(value.recordedAt.slice(0, 'YYYY-MM-DD'.length));
  return trueOn === null || addMonths(trueOn, staleAfterMonths) < today;
}
