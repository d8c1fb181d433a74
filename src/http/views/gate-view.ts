import type { z } from 'zod';
import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { MissingFact, RuleOutcome, Verdict } from '../../core/gates/verdict.js';
import type { LeafOutcome, OutcomeValue } from '../../core/logic/evaluate-condition.js';
import type { Language } from '../../core/terms/language.js';
import type { gateSchema } from '../schemas/gate.js';
import { factLabel } from './fact-label.js';
import { missingFactView } from './missing-fact-view.js';

export type GateView = z.output<typeof gateSchema>;

/**
 * A verdict as the outside sees it, with every name in the reader's language. Built member by member: a verdict
 * that was kept for a repeated request then reads letter for letter as it did the first time.
 *
 * @param to the stage behind the gate
 * @param rulebook the one that the verdict was reached with
 */
export function gateView(verdict: Verdict, to: string, rulebook: Rulebook, language: Language): GateView {
  const label = (id: string): string => rulebook.rules.get(id)?.labels[language] ?? id;
  const missing = (fact: MissingFact) => missingFactView(fact, rulebook.catalogue, language);
  return {
    gate: verdict.gate,
    label: rulebook.gates.get(verdict.gate)?.labels[language] ?? verdict.gate,
    to,
    verdict: verdict.verdict,
    today: verdict.today,
    rulebook: {
      id: verdict.rulebook.id,
      version: verdict.rulebook.version,
      hash: verdict.rulebook.hash,
    },
    rules: verdict.rules.map((rule) => ruleView(rule, rulebook, language)),
    missing: verdict.missing.map(missing),
    failing: [...verdict.failing],
    warnings: [...verdict.warnings],
    actions: verdict.actions.map(({ rule, owner, dueWithinMonths }) => ({
      rule,
      label: rulebook.rules.get(rule)?.action?.labels[language] ?? label(rule),
      owner,
      dueWithinMonths,
    })),
  };
}

function ruleView(outcome: RuleOutcome, rulebook: Rulebook, language: Language): GateView['rules'][number] {
  const rule = rulebook.rules.get(outcome.id);
  return {
    id: outcome.id,
    label: rule?.labels[language] ?? outcome.id,
    severity: outcome.severity,
    result: outcome.result,
    source:
      rule === undefined
        ? null
        : { basis: rule.source.basis, text: rule.source.text, urls: [...rule.source.urls] },
    leaves: outcome.leaves.map((leaf) => leafView(leaf, rulebook.catalogue, language)),
    missing: outcome.missing.map((fact) => missingFactView(fact, rulebook.catalogue, language)),
    waiver: outcome.waiver,
  };
}

/** One comparison in the reader's language. */
export function leafView(
  leaf: LeafOutcome,
  catalogue: FactCatalogue,
  language: Language,
): GateView['rules'][number]['leaves'][number] {
  return {
    fact: leaf.fact,
    label: factLabel(leaf.fact, catalogue, language),
    operator: leaf.operator,
    required: compared(leaf.required),
    requiredFrom: leaf.requiredFrom,
    actual: compared(leaf.actual),
    result: leaf.result,
  };
}

function compared(value: OutcomeValue | null): GateView['rules'][number]['leaves'][number]['actual'] {
  if (typeof value !== 'object' || value === null) return value;
  if ('earliest' in value) return { earliest: value.earliest, latest: value.latest };
  if ('least' in value) return { least: value.least, most: value.most };
  return [...value];
}
