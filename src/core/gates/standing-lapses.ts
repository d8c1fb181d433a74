import { blameFacts } from './blame-facts.js';
import { verdictFrom, type GateContext, type Waiver } from './evaluate-gate.js';
import { evaluateRule } from './evaluate-rule.js';
import type { Rule, Rulebook } from './rulebook.js';
import type { RuleOutcome } from './verdict.js';

/** A rule that should hold all the time and does not. */
export interface StandingLapse {
  readonly rule: Rule;
  readonly outcome: RuleOutcome;
  /** Names of the facts because of which it does not hold. */
  readonly facts: readonly string[];
}

/** The rules that must hold all the time in a stage, in the order of the rulebook. */
export function standingRules(rulebook: Rulebook, stage: string): readonly Rule[] {
  return [...rulebook.rules.values()].filter(({ standing }) => standing.includes(stage));
}

/**
 * The standing rules of a stage that do not hold in a region: failing, or unknown, for what nobody can show to hold
 * does not count as holding. A waiver holds for them as it does at a gate; a rule that only warns in this region
 * does not lapse.
 */
export function standingLapses(
  rulebook: Rulebook,
  stage: string,
  context: GateContext,
  waivers: readonly Waiver[],
): readonly StandingLapse[] {
  const rules = standingRules(rulebook, stage);
  const gate = { id: stage, labels: rulebook.labels, rules };
  const verdict = verdictFrom({ rulebook, context, waivers }, gate, (rule) => evaluateRule(rule, context));
  return rules.flatMap((rule, i): StandingLapse[] => {
    const outcome = verdict.rules[i];
    if (outcome === undefined || outcome.severity === 'warn') return [];
    if (outcome.result !== 'fail' && outcome.result !== 'unknown') return [];
    return [{ rule, outcome, facts: blameFacts(rule, outcome) }];
  });
}
