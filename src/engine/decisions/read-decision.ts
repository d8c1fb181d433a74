import type { FactValue } from '../../core/facts/fact-value.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Actor } from '../../core/terms/actor.js';
import { findDecision, type DecisionRow } from '../../store/decision-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { decisionRulebook } from './decision-rulebook.js';
import { visibleDecision } from './visible-decision.js';

/** A stored decision, and the rulebook whose labels explain it. */
export interface DecisionView {
  readonly decision: DecisionRow;
  readonly rulebook: Rulebook;
  /** Of the facts that were known, those that the gate's rules could look at. */
  readonly facts: readonly FactValue[];
}

/**
 * One decision with its reasons.
 *
 * @throws DomainError `decision.not-found`; `definition.not-found` or `definition.hash-mismatch` when its rulebook is
 *   not installed any more
 */
export async function readDecision(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly decisionId: string },
): Promise<DecisionView> {
  return deps.database.read(async (tx) => {
    const decision = visibleDecision(query.actor, query.decisionId, await findDecision(tx, query.decisionId));
    const rulebook = await decisionRulebook(deps, tx, decision);
    return { decision, rulebook, facts: factsOfGate(rulebook, decision) };
  });
}

/** Of the facts that were known at a decision, those that a rule of its gate could look at, in their order. */
export function factsOfGate(rulebook: Rulebook, decision: DecisionRow): readonly FactValue[] {
  const names = new Set(rulebook.gates.get(decision.gate)?.rules.flatMap(({ factNames }) => factNames));
  return decision.facts.filter(({ fact }) => names.has(fact));
}
