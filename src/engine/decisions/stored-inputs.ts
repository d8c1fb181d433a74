import type { DecisionInputs } from '../../core/gates/decision-inputs.js';
import type { DecisionBasis } from '../../store/decision-store.js';
import { calendarNamed } from '../calendars/calendar-named.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * What a stored decision was taken on, ready to be judged again: with the closures that its calendars' names tell of,
 * whatever has been closed or opened since.
 *
 * @throws DomainError `calendar.not-found`
 */
export function storedInputs(
  { catalog }: Pick<EngineDeps, 'catalog'>,
  decision: DecisionBasis,
): DecisionInputs {
  return {
    gate: decision.gate,
    cycleNumber: decision.cycleNumber,
    today: decision.today,
    facts: decision.facts,
    waivers: decision.waivers,
    calendar: calendarNamed(catalog, decision.calendar),
    neighbourCalendars: decision.neighbourCalendars.map((name) => calendarNamed(catalog, name)),
  };
}
