import { factsOfLeaf, type Condition } from '../logic/condition.js';
import { allOf, anyOf, not, type Truth } from '../logic/truth.js';
import type { Rule } from './rulebook.js';
import type { RuleOutcome } from './verdict.js';

/**
 * Names of the facts because of which a rule does not hold, each once, in the order of its condition: those of the
 * parts that keep it from being true. A part that is true, or does not matter any more, is not looked into.
 *
 * @param outcome of the rule, with a result for each leaf
 */
export function blameFacts(rule: Rule, outcome: RuleOutcome): readonly string[] {
  const results = new Map(outcome.leaves.map(({ pointer, result }) => [pointer, truthOf(result)]));
  const blamed = blame(rule.condition, true, (pointer) => results.get(pointer) ?? null);
  // A missing class leaves the rule unknown through its parameter, which no leaf names.
  return [...new Set([...blamed, ...outcome.missing.map(({ fact }) => fact)])];
}

type Results = (pointer: string) => Truth;

/** Facts of the leaves that keep `condition` from being `wanted`. */
function blame(condition: Condition, wanted: boolean, results: Results): readonly string[] {
  if (truthAt(condition, results) === wanted) return [];
  if (condition.kind === 'leaf') return factsOfLeaf(condition);
  if (condition.kind === 'not') return blame(condition.of, !wanted, results);
  return condition.of.flatMap((part) => blame(part, wanted, results));
}

function truthAt(condition: Condition, results: Results): Truth {
  if (condition.kind === 'leaf') return results(condition.pointer);
  if (condition.kind === 'not') return not(truthAt(condition.of, results));
  const parts = condition.of.map((part) => truthAt(part, results));
  return condition.kind === 'all' ? allOf(parts) : anyOf(parts);
}

function truthOf(result: 'pass' | 'fail' | 'unknown'): Truth {
  return result === 'unknown' ? null : result === 'pass';
}
