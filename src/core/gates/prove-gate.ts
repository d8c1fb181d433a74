import { and, or, type Formula } from '../logic/formula.js';
import { opposite } from '../logic/opposite.js';
import { evaluateGate, gateOf, type GateContext } from './evaluate-gate.js';
import { evaluateRule } from './evaluate-rule.js';
import { findWitness, type Proof, type ProofSetting } from './find-witness.js';
import { ruleFails, ruleFormula, ruleOpens, type RuleSite } from './rule-formula.js';
import type { Realm } from './rule-universe.js';
import type { Gate, Rule, Rulebook } from './rulebook.js';

export interface RuleProof {
  readonly rule: string;
  /** Whether some facts pass its condition, and whether some fail it. */
  readonly canPass: Proof;
  readonly canFail: Proof;
  /**
   * Whether it ever matters: facts with which all other rules let the gate open and this one does not pass, so that it
   * keeps the gate shut, opens a task or warns. `no`: the others imply it, it is dead.
   */
  readonly matters: Proof;
}

export interface GateProof {
  readonly gate: string;
  /** Whether some facts open it. `no`: the gate is shut for ever. */
  readonly canOpen: Proof;
  /** Whether some facts, all known, make it fail. `no`: the gate keeps nobody out. */
  readonly canFail: Proof;
  readonly rules: readonly RuleProof[];
  /** Pairs of rules that let the gate open each alone, but never both. */
  readonly contradictions: readonly (readonly [rule: string, other: string])[];
  /** Pairs for which that could not be decided. */
  readonly undecidedPairs: readonly (readonly [rule: string, other: string])[];
}

/**
 * What is true of a gate for all facts that there can be: each known to the day, within the ranges of the types, on
 * any day of the realm. Every `yes` comes with facts that `evaluateGate` has confirmed, every `no` is proved (see
 * `solveFormula` for the method), and what is neither is `undecided`.
 *
 * @throws DomainError `definition.invalid` if the rulebook has no such gate
 */
export function proveGate(rulebook: Rulebook, gateId: string, realm: Realm): GateProof {
  const gate = gateOf({ rulebook, gate: gateId });
  const setting = { rules: gate.rules, catalogue: rulebook.catalogue, realm };
  const wordIn = (context: GateContext) =>
    evaluateGate({ rulebook, gate: gateId, context, waivers: [] }).verdict;
  const isOpen = (context: GateContext) => !['fail', 'unknown'].includes(wordIn(context));
  const opensAll = (rules: readonly Rule[]) => (site: RuleSite) =>
    and(...rules.map((rule) => ruleOpens(rule, site)));
  const pairs = pairsOf(gate).map(([one, other]) => {
    const among = (rules: readonly Rule[]) =>
      findWitness({ ...setting, rules }, opensAll(rules), (context) =>
        rules.every((rule) => lets(rule, context, rulebook)),
      ).answer;
    const isPossible = among([one]) === 'yes' && among([other]) === 'yes';
    return { pair: [one.id, other.id] as const, answer: isPossible ? among([one, other]) : 'yes' };
  });
  return {
    gate: gate.id,
    canOpen: findWitness(setting, opensAll(gate.rules), isOpen),
    canFail: findWitness(
      setting,
      (site) => or(...gate.rules.map((rule) => ruleFails(rule, site))),
      (context) => wordIn(context) === 'fail',
    ),
    rules: gate.rules.map((rule) => proveRule(rule, gate, rulebook, setting)),
    contradictions: pairs.flatMap(({ pair, answer }) => (answer === 'no' ? [pair] : [])),
    undecidedPairs: pairs.flatMap(({ pair, answer }) => (answer === 'undecided' ? [pair] : [])),
  };
}

function proveRule(rule: Rule, gate: Gate, rulebook: Rulebook, setting: ProofSetting): RuleProof {
  const alone = { ...setting, rules: [rule] };
  const comesOut = (truth: boolean) =>
    findWitness(
      alone,
      (site) => ruleFormula(rule, truth, site),
      (context) => evaluateRule(rule, context).truth === truth,
    );
  const others = gate.rules.filter((other) => other !== rule);
  const onlyThis = (site: RuleSite): Formula =>
    and(
      ...others.map((other) => ruleOpens(other, site)),
      opposite(ruleFormula(rule, true, site), site.space),
    );
  return {
    rule: rule.id,
    canPass: comesOut(true),
    canFail: comesOut(false),
    matters: findWitness(
      setting,
      onlyThis,
      (context) =>
        others.every((other) => lets(other, context, rulebook)) && evaluateRule(rule, context).truth !== true,
    ),
  };
}

/** Whether a rule lets a gate open in which it stands alone. */
function lets(rule: Rule, context: GateContext, rulebook: Rulebook): boolean {
  const alone: Gate = { id: 'alone', labels: rule.labels, rules: [rule] };
  const question = { rulebook: { ...rulebook, gates: new Map([['alone', alone]]) }, gate: 'alone' };
  const { verdict } = evaluateGate({ ...question, context, waivers: [] });
  return verdict !== 'fail' && verdict !== 'unknown';
}

/** Rules without a common fact can't contradict each other: each has its own. `today` is common to all. */
function pairsOf({ rules }: Gate): readonly (readonly [Rule, Rule])[] {
  const asksToday = (rule: Rule) => JSON.stringify(rule.conditions).includes('"today"');
  return rules.flatMap((one, i) =>
    rules.slice(i + 1).flatMap((other): [Rule, Rule][] => {
      const areTied =
        one.factNames.some((name) => other.factNames.includes(name)) || (asksToday(one) && asksToday(other));
      return areTied ? [[one, other]] : [];
    }),
  );
}
