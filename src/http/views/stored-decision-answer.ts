import type { z } from 'zod';
import type { FactValue } from '../../core/facts/fact-value.js';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Language } from '../../core/terms/language.js';
import type { DecisionView } from '../../engine/decisions/read-decision.js';
import type { storedDecisionPageSchema, storedDecisionSchema } from '../schemas/stored-decision.js';
import { factLabel } from './fact-label.js';
import { gateView } from './gate-view.js';

type Decision = DecisionView['decision'];

export function storedDecisionHead(
  decision: Decision,
): z.output<typeof storedDecisionPageSchema>['items'][number] {
  const { workflowId, workflowVersion, workflowHash, rulebookId, rulebookVersion, rulebookHash } = decision;
  return {
    id: decision.id,
    cycle: decision.cycleId,
    sequence: decision.sequence,
    scheme: decision.scheme,
    region: decision.region,
    cycleNumber: decision.cycleNumber,
    at: decision.at,
    today: decision.today,
    actor: { id: decision.actorId, name: decision.actorName, role: decision.actorRole },
    event: decision.event,
    gate: decision.gate,
    to: decision.target,
    outcome: decision.outcome,
    verdict: decision.verdictWord,
    workflow: { id: workflowId, version: workflowVersion, hash: workflowHash },
    rulebook: { id: rulebookId, version: rulebookVersion, hash: rulebookHash },
  };
}

export function storedDecisionAnswer(
  { decision, rulebook, facts }: DecisionView,
  language: Language,
): z.output<typeof storedDecisionSchema> {
  const stale = new Set(decision.stale);
  return {
    ...storedDecisionHead(decision),
    explanation: gateView(decision.verdict, decision.target, rulebook, language),
    facts: facts.map((fact) => ({
      ...decidedFact(fact, rulebook.catalogue, language),
      isStale: stale.has(fact.fact),
    })),
    waivers: decision.waivers.map(({ id, rule, reason, grantedBy, secondedBy, endsOn }) => ({
      id,
      rule,
      reason,
      grantedBy,
      secondedBy,
      endsOn,
    })),
    calendars: { own: decision.calendar, neighbours: [...decision.neighbourCalendars] },
  };
}

/** A fact with where it comes from, as it stands in a decision. */
export function decidedFact(fact: FactValue, catalogue: FactCatalogue, language: Language) {
  return {
    fact: fact.fact,
    label: factLabel(fact.fact, catalogue, language),
    value: fact.value,
    precision: fact.precision,
    observedOn: fact.observedOn,
    evidence: fact.evidence,
    note: fact.note,
    recordedBy: fact.recordedBy,
    recordedAt: fact.recordedAt,
    cycleNumber: fact.cycleNumber,
  };
}
