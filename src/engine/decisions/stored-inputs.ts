import type { DecisionInputs } from '../../core/gates/decision-inputs.js';
import type { DecisionBasis } from '../../store/decision-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** What a stored decision was taken on, ready to be judged again. @throws DomainError `calendar.not-found` */
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
    calendar: catalog.calendar(decision.calendar),
    neighbourCalendars: decision.neighbourCalendars.map((id) => catalog.calendar(id)),
  };
}
