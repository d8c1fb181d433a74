import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { DecisionRow } from '../../store/decision-store.js';

/**
 * The decision, if this person may know of it. For an authority those of other regions do not exist.
 *
 * @throws DomainError `decision.not-found`
 */
export function visibleDecision(actor: Actor, id: string, decision: DecisionRow | null): DecisionRow {
  if (decision === null || (actor.region !== null && actor.region !== decision.region)) {
    throw new DomainError('decision.not-found', { decision: id });
  }
  return decision;
}
