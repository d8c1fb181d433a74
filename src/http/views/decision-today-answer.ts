import type { z } from 'zod';
import type { FactValue } from '../../core/facts/fact-value.js';
import type { Cause } from '../../core/gates/split-difference.js';
import type { Language } from '../../core/terms/language.js';
import type { DecisionToday } from '../../engine/decisions/decision-today.js';
import type { decisionTodaySchema } from '../schemas/decision-today.js';
import { factLabel } from './fact-label.js';
import { decidedFact } from './stored-decision-answer.js';

export function decisionTodayAnswer(
  { decision, today, rulebooks, split, facts }: DecisionToday,
  language: Language,
): z.output<typeof decisionTodaySchema> {
  const { was, now } = rulebooks;
  const { catalogue } = now;
  const ruleLabel = (id: string) => (now.rules.get(id) ?? was.rules.get(id))?.labels[language] ?? id;
  const shown = (fact: FactValue | null) => (fact === null ? null : decidedFact(fact, catalogue, language));
  return {
    decision: decision.id,
    gate: decision.gate,
    isSame: split.was === split.now,
    was: { verdict: split.was, today: decision.today, rulebook: pin(was) },
    now: { verdict: split.now, today, rulebook: pin(now) },
    causes: causeSets(split.causes),
    alone: split.alone.map(({ cause, verdict }) => ({ cause, verdict })),
    inOrder: split.inOrder.map(({ cause, verdict }) => ({ cause, verdict })),
    rules: split.rules.map((rule) => ({
      id: rule.rule,
      label: ruleLabel(rule.rule),
      was: rule.was,
      now: rule.now,
      causes: causeSets(rule.causes),
    })),
    facts: facts.map((changed) => ({
      fact: changed.fact,
      label: factLabel(changed.fact, catalogue, language),
      was: shown(changed.was),
      now: shown(changed.now),
    })),
  };
}

function causeSets(sets: readonly (readonly Cause[])[]): Cause[][] {
  return sets.map((set) => [...set]);
}

function pin({ id, version, hash }: DecisionToday['rulebooks']['now']) {
  return { id, version, hash };
}
