import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { evaluateCondition } from '../logic/evaluate-condition.js';
import type { EvaluationContext } from '../logic/evaluation-context.js';
import type { Condition } from '../logic/condition.js';
import { parseCondition } from '../logic/parse-condition.js';
import type { Truth } from '../logic/truth.js';
import { pointerTo, type Problem } from '../terms/problem.js';
import { conditionsOf, type BarrierRule } from './barrier-rule.js';

/** The conditions of a rule's predicates, typed, in the order of the text. */
export interface ParsedPredicates {
  readonly conditions: readonly Condition[];
  /** With pointers from the root of the rule. */
  readonly problems: readonly Problem[];
}

/** Reads the predicates of a rule against the facts that there are; problems as `parseCondition` gives them. */
export function parsePredicates(rule: BarrierRule, catalogue: FactCatalogue): ParsedPredicates {
  const conditions: Condition[] = [];
  const problems: Problem[] = [];
  const walk = (node: BarrierRule, pointer: string): void => {
    if (node.kind === 'every' || node.kind === 'any') {
      node.of.forEach((part, at) => walk(part, `${pointer}/of/${at}`));
      return;
    }
    if (node.kind !== 'predicate') return;
    const parsed = parseCondition(node.condition, { catalogue, parameters: new Map() });
    if ('condition' in parsed) conditions.push(parsed.condition);
    else {
      const base = pointerTo(pointer, 'condition');
      problems.push(...parsed.problems.map((one) => ({ ...one, pointer: `${base}${one.pointer}` })));
    }
  };
  walk(rule, '');
  return { conditions, problems };
}

/** How each predicate comes out for a member; the names of the facts for want of which one is not known. */
export function askPredicates(
  conditions: readonly Condition[],
  context: EvaluationContext,
): { readonly truths: readonly Truth[]; readonly missing: readonly string[] } {
  const outcomes = conditions.map((condition) => evaluateCondition(condition, context));
  return {
    truths: outcomes.map(({ truth }) => truth),
    missing: [...new Set(outcomes.flatMap(({ missing }) => missing))],
  };
}

/**
 * The names of the facts that a rule asks about, each once: when one of them changes, so may what the rule says. Rather
 * one too many than one too few.
 */
export function factsAsked(rule: BarrierRule, catalogue: FactCatalogue): readonly string[] {
  const names = new Set<string>();
  const walk = (json: unknown): void => {
    if (typeof json === 'string') {
      const definition = catalogue.get(json);
      if (definition !== undefined) [json, ...(definition.meanOf ?? [])].forEach((name) => names.add(name));
    } else if (Array.isArray(json)) json.forEach(walk);
    else if (typeof json === 'object' && json !== null) Object.values(json).forEach(walk);
  };
  conditionsOf(rule).forEach(walk);
  return [...names].toSorted();
}
