import type { CalendarDate } from '../calendar/calendar-date.js';
import type { FactScalar } from '../facts/fact-value.js';
import type { GateContext } from '../gates/evaluate-gate.js';
import { evaluateRule } from '../gates/evaluate-rule.js';
import { ruleFormula } from '../gates/rule-formula.js';
import { factsOf, freeUniverse, todayOf, type Realm } from '../gates/rule-universe.js';
import type { Rule, Rulebook } from '../gates/rulebook.js';
import type { RulebookTestCase } from '../gates/rulebook-schema.js';
import { factsOfTestCase } from '../gates/run-test-cases.js';
import { leavesOf, type Leaf } from '../logic/condition.js';
import { exactnessOf, type Exactness } from '../logic/exactness.js';
import { and, type Saying } from '../logic/formula.js';
import { decides, unmaskingsOf } from '../logic/leaf-influence.js';
import { solveFormula } from '../logic/solve-formula.js';
import { Space } from '../logic/space.js';
import { sayingOf } from '../logic/translate-condition.js';
import type { Truth } from '../logic/truth.js';

/**
 * Whether the rule was seen to be decided by a comparison that came out so. `shown`: by this test case; `missing`: it
 * could be; `impossible`: proved that no facts do, so the comparison changes nothing; `undecided`: neither was found.
 */
export type Shown =
  | { readonly state: 'shown'; readonly testCase: string }
  | { readonly state: 'missing' | 'impossible' | 'undecided' };

export interface LeafCoverage {
  /** JSON pointer from the root of the rule's `conditions`. */
  readonly pointer: string;
  readonly says: Saying;
  readonly whenTrue: Shown;
  readonly whenFalse: Shown;
  /** Whether a test case left it unknown. */
  readonly unknownSeen: boolean;
}

export interface RuleCoverage {
  readonly rule: string;
  readonly leaves: readonly LeafCoverage[];
  /** Whether a test case left the rule unknown. */
  readonly unknownSeen: boolean;
  /** Test cases that would show what is missing, in the format of the file; the results are what the rule says now. */
  readonly proposals: readonly RulebookTestCase[];
}

export interface Coverage {
  readonly rules: readonly RuleCoverage[];
  /** Of all that can be shown, what is, in percent; 100 where there is nothing. */
  readonly percent: number;
  readonly exactness: Exactness;
}

const PERCENT = 100;

/**
 * What the test cases of a rulebook show of its rules: modified condition/decision coverage in its masking form. Of
 * every comparison there must be a case in which it is true and one in which it is false, in both of which it decides
 * the rule by itself. A comparison that stands twice counts twice. Only cases that expect something of the rule count.
 *
 * What is not shown comes with a test case that shows it, or with the proof that there is none.
 *
 * Source: J. J. Chilenski, An Investigation of Three Forms of the Modified Condition Decision Coverage Criterion,
 * DOT/FAA/AR-01/18 (2001).
 */
export function ruleCoverage(rulebook: Rulebook, realm: Realm): Coverage {
  const rules = [...rulebook.rules.values()].map((rule) => coverageOf(rule, rulebook, realm));
  const states = rules.flatMap(({ leaves }) =>
    leaves.flatMap(({ whenTrue, whenFalse }) => [whenTrue.state, whenFalse.state]),
  );
  const count = (state: Shown['state']) => states.filter((each) => each === state).length;
  const possible = states.length - count('impossible');
  return {
    rules,
    percent: possible === 0 ? PERCENT : (PERCENT * count('shown')) / possible,
    exactness: exactnessOf({ 'opaque-comparison': false, 'search-bound': count('undecided') > 0 }),
  };
}

/** How the comparisons of a rule came out in one case. */
interface Seen {
  readonly name: string;
  readonly truths: readonly Truth[];
  readonly truth: Truth;
}

interface Site {
  readonly rule: Rule;
  readonly rulebook: Rulebook;
  readonly realm: Realm;
}

function coverageOf(rule: Rule, rulebook: Rulebook, realm: Realm): RuleCoverage {
  const site = { rule, rulebook, realm };
  const cases = rulebook.testCases.filter(({ expect }) => Object.hasOwn(expect, rule.id));
  const seen = cases.map((testCase) => runCase(testCase, site));
  const proposals: RulebookTestCase[] = [];
  const proposed: Seen[] = [];
  const leaves = leavesOf(rule.condition).map((leaf, index): LeafCoverage => {
    const shown = (truth: boolean): Shown => {
      const shows = (each: Seen) =>
        each.truths[index] === truth && decides(rule.condition, each.truths, index);
      const testCase = seen.find(shows);
      if (testCase !== undefined) return { state: 'shown', testCase: testCase.name };
      if (proposed.some(shows)) return { state: 'missing' };
      const found = propose(leaf, truth, site);
      if (typeof found === 'string') return { state: found };
      const run = runCase(found, site);
      if (!shows(run)) return { state: 'undecided' };
      proposals.push(found);
      proposed.push(run);
      return { state: 'missing' };
    };
    return {
      pointer: leaf.pointer,
      says: sayingOf(leaf),
      whenTrue: shown(true),
      whenFalse: shown(false),
      unknownSeen: seen.some(({ truths }) => truths[index] === null),
    };
  });
  const unknownSeen = seen.some(({ truth }) => truth === null);
  const nothing = caseOf(`${rule.id}: nothing is known`, new Map(), todayNear(site), site);
  if (!unknownSeen && nothing.expect[rule.id] === 'unknown') proposals.push(nothing);
  return { rule: rule.id, leaves, unknownSeen, proposals };
}

function runCase(testCase: RulebookTestCase, { rule, rulebook, realm }: Site): Seen {
  const facts = factsOfTestCase(testCase, rulebook.catalogue);
  const { truth, leaves } = evaluateRule(rule, { ...realm, facts, today: testCase.today as CalendarDate });
  const truths = leaves.map(({ result }) => (result === 'unknown' ? null : result === 'pass'));
  return { name: testCase.name, truths, truth };
}

/** A case in which the leaf is so and decides the rule. */
function propose(leaf: Leaf, truth: boolean, site: Site): RulebookTestCase | 'impossible' | 'undecided' {
  const { rule, rulebook, realm } = site;
  const { catalogue } = rulebook;
  const [space, universe] = [new Space(), freeUniverse([rule], catalogue, realm)];
  const formulaOf = (condition: Rule['condition'], truth: boolean) =>
    ruleFormula({ ...rule, condition }, truth, { space, universe, catalogue });
  const beside = unmaskingsOf(rule.condition, leaf.pointer);
  const formula = and(formulaOf(leaf, truth), ...beside.map((each) => formulaOf(each.part, each.truth)));
  const answer = solveFormula(formula, space);
  if (answer.kind === 'none') return 'impossible';
  if (answer.kind === 'undecided') return 'undecided';
  const example = { assignment: answer.assignment, space, universe, catalogue };
  const facts = factsOf(rule.factNames, example);
  const values = new Map([...facts].map(([name, { value }]) => [name, value]));
  const name = `${rule.id}${leaf.pointer}: decides, being ${String(truth)}`;
  return caseOf(name, values, todayOf(example), site);
}

function caseOf(
  name: string,
  facts: ReadonlyMap<string, FactScalar>,
  today: CalendarDate,
  site: Site,
): RulebookTestCase {
  const draft = { name, today, facts: Object.fromEntries(facts), expect: {} };
  const { truth } = runCase(draft, site);
  const result = truth === null ? 'unknown' : truth ? 'pass' : 'fail';
  return { ...draft, expect: { [site.rule.id]: result } };
}

/** Some day on which the calendars can answer. */
function todayNear({ realm }: Site): GateContext['today'] {
  return realm.calendar.firstDay;
}
