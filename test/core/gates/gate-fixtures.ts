import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import type { GateContext } from '../../../src/core/gates/evaluate-gate.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import type { Problem } from '../../../src/core/terms/problem.js';
import { calendar, catalogue, context, labels } from '../logic/logic-fixtures.js';

export const GATE = 'some_stage.exit';

type Part = Readonly<Record<string, unknown>>;

/** A rule that asks for two people of civil society, unless `more` says otherwise. */
export function rule(id: string, more: Part = {}): Part {
  return {
    id,
    labels,
    severity: 'block',
    source: { basis: 'proposal', text: 'A test.', urls: [] },
    parameters: {},
    conditions: { all: [{ fact: 'people.civil', operator: 'greaterThanInclusive', value: 2 }] },
    ...more,
  };
}

export const action = { labels, owner: 'regional_authority', dueWithinMonths: 9 };

/** The JSON of a rulebook with one gate that asks all these rules. */
export function definition(rules: readonly Part[], more: Part = {}): Part {
  return {
    id: 'test-rules',
    version: 3,
    labels,
    effectiveFrom: '2017-01-01',
    factCatalogue: { id: 'facts', version: 1 },
    gates: { [GATE]: { labels, rules: [...new Set(rules.map(({ id }) => id))] } },
    rules,
    testCases: [],
    ...more,
  };
}

export function compiled(rules: readonly Part[], more: Part = {}): Rulebook {
  const result = compileRulebook(definition(rules, more), catalogue, 'a-hash');
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.rulebook;
}

export function problemsOf(rules: readonly Part[], more: Part = {}): readonly Problem[] {
  const result = compileRulebook(definition(rules, more), catalogue, 'a-hash');
  return 'problems' in result ? result.problems : [];
}

/** Codes and pointers of what is wrong with a rulebook. */
export function faultsOf(rules: readonly Part[], more: Part = {}): readonly string[] {
  return problemsOf(rules, more).map(({ code, pointer }) => `${code} ${pointer}`);
}

/** What is known of a region on 1 June 2017. */
export function gateContext(
  given: Parameters<typeof context>[0],
  more: Partial<GateContext> = {},
): GateContext {
  const { facts, today } = context(given);
  return { facts, today, calendar, neighbourCalendars: [], stale: new Set(), ...more };
}
