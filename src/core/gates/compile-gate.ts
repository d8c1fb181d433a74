import { compileCondition, type CompiledLeaf, type Judge } from '../logic/compile-condition.js';
import {
  evaluateLeaf,
  shownValue,
  sourceOf,
  type ConditionOutcome,
  type LeafOutcome,
} from '../logic/evaluate-condition.js';
import { FactFrame } from '../logic/fact-frame.js';
import { spellTerm } from '../logic/term.js';
import { DomainError } from '../terms/domain-error.js';
import { gateOf, verdictFrom, waiverOf, type GateContext, type Waiver } from './evaluate-gate.js';
import { evaluateRule, parametersOf } from './evaluate-rule.js';
import { parameterValue, severityIn, valuesOfParameter } from './regional-value.js';
import type { Rule, Rulebook } from './rulebook.js';
import type { Verdict, VerdictWord } from './verdict.js';

/** A gate that has been made ready to judge many regions or days in a row. */
export interface CompiledGate {
  /** The verdict alone: for those who ask thousands of times and need the reasons of a few. */
  readonly word: (context: GateContext, waivers: readonly Waiver[]) => VerdictWord;
  /** The same answer as `evaluateGate`, with every reason. */
  readonly verdict: (context: GateContext, waivers: readonly Waiver[]) => Verdict;
}

/**
 * Compiles a gate once into plain functions over an array of its facts. What is definite is worked out there; where
 * a leaf is unknown, `evaluateCondition` is asked what it waits for, so there is one description of that only.
 *
 * @throws DomainError `definition.invalid` if the rulebook has no such gate
 */
export function compileGate(rulebook: Rulebook, gateId: string): CompiledGate {
  const gate = gateOf({ rulebook, gate: gateId });
  const frame = new FactFrame();
  const rules = gate.rules.map((rule) => compileRule(rule, frame));
  return {
    word: (context, waivers) => {
      frame.load(context);
      return wordOf(rules, frame, waivers);
    },
    verdict: (context, waivers) => {
      frame.load(context);
      return verdictFrom({ rulebook, context, waivers }, gate, (rule, i) => {
        const compiled = rules[i];
        if (compiled === undefined) throw new DomainError('internal', { rule: rule.id });
        return explain(compiled, frame, context);
      });
    },
  };
}

interface CompiledRule {
  readonly rule: Rule;
  readonly truth: Judge;
  readonly leaves: readonly ExplainedLeaf[];
}

interface ExplainedLeaf extends CompiledLeaf {
  readonly fact: string;
  readonly requiredFrom: string | null;
}

function compileRule(rule: Rule, frame: FactFrame): CompiledRule {
  const { truth, leaves } = compileCondition(rule.condition, frame, (name) => {
    const definition = rule.parameters.get(name);
    if (definition === undefined)
      throw new DomainError('definition.invalid', { rule: rule.id, parameter: name });
    return {
      values: valuesOfParameter(definition),
      isFixed: !('by' in definition),
      read: ({ context }) => parameterValue(definition, context.facts),
    };
  });
  const explained = leaves.map((leaf) => ({
    ...leaf,
    fact: spellTerm(leaf.leaf.left),
    requiredFrom: sourceOf(leaf.leaf.right),
  }));
  return { rule, truth, leaves: explained };
}

/** As `verdictOf` says, in one pass; a block rule that fails settles it. */
function wordOf(rules: readonly CompiledRule[], frame: FactFrame, waivers: readonly Waiver[]): VerdictWord {
  const { facts, today } = frame.context;
  let isUnknown = false;
  let isWaived = false;
  let isConditional = false;
  for (let i = 0; i < rules.length; i += 1) {
    const { rule, truth } = rules[i] as CompiledRule;
    const severity = typeof rule.severity === 'string' ? rule.severity : severityIn(rule.severity, facts);
    if (severity === 'warn') continue;
    const found = truth(frame);
    if (found === true) continue;
    if (waivers.length > 0 && waiverOf(rule, waivers, today) !== undefined) isWaived = true;
    else if (found === null) isUnknown = true;
    else if (severity === 'block') return 'fail';
    else isConditional = true;
  }
  if (isUnknown) return 'unknown';
  if (isWaived) return 'waived';
  return isConditional ? 'conditional' : 'pass';
}

const NOTHING: readonly string[] = Object.freeze([]);

function explain(compiled: CompiledRule, frame: FactFrame, context: GateContext): ConditionOutcome {
  const truth = compiled.truth(frame);
  if (truth === null) return evaluateRule(compiled.rule, context);
  const leaves = compiled.leaves.map((leaf): LeafOutcome => {
    const { comparesDates: isDate, operator, pointer } = leaf.leaf;
    const passes = leaf.truth(frame);
    if (passes === null) {
      return evaluateLeaf(leaf.leaf, { ...context, parameters: parametersOf(compiled.rule, context) });
    }
    return {
      pointer,
      fact: leaf.fact,
      operator,
      required: shownValue(leaf.right(frame), isDate),
      requiredFrom: leaf.requiredFrom,
      actual: shownValue(leaf.left(frame), isDate),
      result: passes ? 'pass' : 'fail',
      missing: NOTHING,
      imprecise: NOTHING,
    };
  });
  return { truth, leaves, missing: NOTHING, imprecise: NOTHING };
}
