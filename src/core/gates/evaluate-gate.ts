import type { CalendarDate } from '../calendar/calendar-date.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { ConditionOutcome } from '../logic/evaluate-condition.js';
import type { EvaluationContext } from '../logic/evaluation-context.js';
import { DomainError } from '../terms/domain-error.js';
import { evaluateRule } from './evaluate-rule.js';
import { severityIn } from './regional-value.js';
import type { Gate, Rule, Rulebook } from './rulebook.js';
import {
  verdictOf,
  type MissingFact,
  type RequiredAction,
  type RuleOutcome,
  type Verdict,
} from './verdict.js';

/** What is known when a gate is asked: all resolved before, nothing is fetched during the evaluation. */
export interface GateContext extends Omit<EvaluationContext, 'parameters'> {
  /** Names of recorded facts that are too old to count (so they are not in `facts`); see `usableFacts`. */
  readonly stale: ReadonlySet<string>;
}

/** A waiver that has been granted by two people and not been withdrawn. */
export interface Waiver {
  readonly id: string;
  readonly rule: string;
  /** The last day on which it counts. */
  readonly endsOn: CalendarDate;
}

export interface GateQuestion {
  readonly rulebook: Rulebook;
  /** Id of one of the rulebook's gates. */
  readonly gate: string;
  readonly context: GateContext;
  readonly waivers: readonly Waiver[];
}

/**
 * Judges a gate for one region on the day `context.today`. Pure: the same question has the same answer.
 *
 * A waiver counts up to and including its last day, for a block or conditional rule that fails or is unknown. A warn
 * rule holds nothing up, so there is nothing to waive.
 *
 * @throws DomainError `definition.invalid` if the rulebook has no such gate
 */
export function evaluateGate(question: GateQuestion): Verdict {
  return verdictFrom(question, gateOf(question), (rule) => evaluateRule(rule, question.context));
}

/** @throws DomainError `definition.invalid` if the rulebook has no such gate */
export function gateOf({ rulebook, gate: id }: Pick<GateQuestion, 'rulebook' | 'gate'>): Gate {
  const gate = rulebook.gates.get(id);
  if (gate === undefined) throw new DomainError('definition.invalid', { rulebook: rulebook.id, gate: id });
  return gate;
}

/** Puts together what the conditions of the gate's rules say, whoever has evaluated them. */
export function verdictFrom(
  { rulebook, context, waivers }: Omit<GateQuestion, 'gate'>,
  gate: Gate,
  outcomeOf: (rule: Rule, index: number) => ConditionOutcome,
): Verdict {
  const rules = gate.rules.map((rule, i) =>
    judgeRule(rule, outcomeOf(rule, i), { rulebook, context, waivers }),
  );
  return {
    gate: gate.id,
    verdict: verdictOf(rules),
    rulebook: { id: rulebook.id, version: rulebook.version, hash: rulebook.hash },
    today: context.today,
    rules,
    missing: inCatalogueOrder(
      rulebook.catalogue,
      rules.filter(holdsOpen).flatMap((rule) => rule.missing),
    ),
    failing: rules
      .filter((rule) => rule.severity === 'block' && rule.result === 'fail')
      .map((rule) => rule.id),
    warnings: rules
      .filter((rule) => rule.severity === 'warn' && rule.result !== 'pass')
      .map((rule) => rule.id),
    actions: gate.rules.flatMap((rule, i) => actionOf(rule, rules[i])),
  };
}

function judgeRule(
  rule: Rule,
  outcome: ConditionOutcome,
  { rulebook, context, waivers }: Omit<GateQuestion, 'gate'>,
): RuleOutcome {
  const condition = outcome.truth === null ? 'unknown' : outcome.truth ? 'pass' : 'fail';
  const severity = severityIn(rule.severity, context.facts);
  const canBeWaived = severity !== 'warn' && condition !== 'pass';
  const waiver = canBeWaived ? waiverOf(rule, waivers, context.today) : undefined;
  return {
    id: rule.id,
    severity,
    result: waiver === undefined ? condition : 'waived',
    condition,
    leaves: outcome.leaves,
    missing: missingFacts(outcome, rulebook.catalogue, context.stale),
    waiver: waiver?.id ?? null,
  };
}

/** The waiver that counts for a rule on a day. */
export function waiverOf(rule: Rule, waivers: readonly Waiver[], today: CalendarDate): Waiver | undefined {
  return waivers.find((one) => one.rule === rule.id && today <= one.endsOn);
}

/** What the unknown leaves that matter wait for. */
function missingFacts(
  { missing, imprecise }: ConditionOutcome,
  catalogue: FactCatalogue,
  stale: ReadonlySet<string>,
): readonly MissingFact[] {
  if (missing.length === 0 && imprecise.length === 0) return [];
  const reasons = new Map<string, MissingFact['reason']>([
    ...imprecise.map((fact) => [fact, 'imprecise'] as const),
    ...missing.map((fact) => [fact, stale.has(fact) ? 'stale' : 'missing'] as const),
  ]);
  const facts = [...reasons].flatMap(([fact, reason]) => {
    const owner = catalogue.get(fact)?.owner;
    return owner === undefined ? [] : [{ fact, owner, reason }];
  });
  return inCatalogueOrder(catalogue, facts);
}

/** Each fact once. */
function inCatalogueOrder(catalogue: FactCatalogue, facts: readonly MissingFact[]): readonly MissingFact[] {
  if (facts.length === 0) return facts;
  const byName = new Map(facts.map((fact) => [fact.fact, fact]));
  return [...catalogue.keys()].flatMap((name) => byName.get(name) ?? []);
}

function holdsOpen({ severity, result }: RuleOutcome): boolean {
  return severity !== 'warn' && result === 'unknown';
}

function actionOf(rule: Rule, outcome: RuleOutcome | undefined): readonly RequiredAction[] {
  if (rule.action === null || outcome?.severity !== 'conditional' || outcome.result !== 'fail') return [];
  return [{ rule: rule.id, owner: rule.action.owner, dueWithinMonths: rule.action.dueWithinMonths }];
}
