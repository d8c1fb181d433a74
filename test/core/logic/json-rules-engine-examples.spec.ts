import { describe, expect, it } from '@jest/globals';
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import type { FactCatalogue, FactDefinition } from '../../../src/core/facts/fact-catalogue.js';
import type { FactType } from '../../../src/core/facts/fact-type.js';
import { compileCondition } from '../../../src/core/logic/compile-condition.js';
import { evaluateCondition } from '../../../src/core/logic/evaluate-condition.js';
import { FactFrame } from '../../../src/core/logic/fact-frame.js';
import { parseCondition } from '../../../src/core/logic/parse-condition.js';
import { EXPRESSIBLE } from './json-rules-engine-examples/expressible.js';
import { INEXPRESSIBLE, NOT_ABOUT_CONDITIONS } from './json-rules-engine-examples/inexpressible.js';
import { context, labels } from './logic-fixtures.js';

function catalogueOf(types: Readonly<Record<string, FactType>>): FactCatalogue {
  const entries = Object.entries(types).map(([name, type]): [string, FactDefinition] => [
    name,
    { name, type, owner: 'expert', scope: 'cycle', staleAfterMonths: null, labels },
  ]);
  return new Map(entries);
}

function theirs(conditions: object, given: Readonly<Record<string, unknown>>): Promise<boolean> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addRule({ conditions: conditions as TopLevelCondition, event: { type: 'passed' } });
  return engine.run({ ...given }).then(({ events }) => events.length > 0);
}

function parsed(conditions: object, types: Readonly<Record<string, FactType>>) {
  return parseCondition(conditions, { catalogue: catalogueOf(types), parameters: new Map() });
}

describe("json-rules-engine's published examples", () => {
  const runs = EXPRESSIBLE.flatMap((example) => example.runs.map((run) => ({ ...example, ...run })));

  it.each(runs)('come out the same or differ on purpose: $about, $given', async (each) => {
    expect(await theirs(each.conditions, each.given)).toBe(each.theirs);
    const result = parsed(each.conditions, each.facts);
    if ('problems' in result) throw new Error(JSON.stringify(result.problems));
    const given = context(each.given);
    const outcome = evaluateCondition(result.condition, given);
    const expected = each.ours === undefined ? each.theirs : each.ours.truth;
    expect(outcome.truth).toBe(expected);
    const frame = new FactFrame();
    const { truth } = compileCondition(result.condition, frame, () => {
      throw new Error('there are no parameters');
    });
    frame.load(given);
    expect(truth(frame)).toBe(expected);
    const failing = outcome.leaves.flatMap(({ fact, result }) => (result === 'fail' ? [fact] : []));
    expect(failing).toEqual(each.failing ?? failing);
  });

  it('differ in nothing but what an unknown fact does', () => {
    const reasons = new Set(runs.flatMap(({ ours }) => (ours === undefined ? [] : [ours.because])));
    expect([...reasons]).toEqual([
      'A fact that nobody has recorded makes a comparison unknown, never false.',
    ]);
  });

  const types: Readonly<Record<string, FactType>> = {
    'a.number': { kind: 'integer', min: 0, max: 1000, unit: 'pieces' },
    'a.word': { kind: 'text' },
    'a.flag': { kind: 'boolean' },
  };

  it.each(INEXPRESSIBLE)('are refused where they go beyond facts with types: $about', (each) => {
    const result = parsed(each.conditions, types);
    expect('problems' in result ? result.problems.map(({ code }) => code) : []).toContain(each.code);
    expect(each.because).not.toBe('');
  });

  it('are all accounted for', () => {
    const told = [...EXPRESSIBLE, ...INEXPRESSIBLE].map(({ from }) => from);
    const all = [...told, ...Object.keys(NOT_ABOUT_CONDITIONS)].join(' ');
    for (let number = 1; number <= 13; number += 1) {
      expect(all).toMatch(new RegExp(`examples/(?:\\d\\d, )*${String(number).padStart(2, '0')}`));
    }
  });
});

describe('a trap of json-rules-engine', () => {
  const types: Readonly<Record<string, FactType>> = {
    'a.number': { kind: 'integer', min: 0, max: 1000, unit: 'pieces' },
    'a.word': { kind: 'text' },
  };
  const leaf = { fact: 'a.number', operator: 'lessThan', value: 5 };

  it.each([
    ['an empty all', { all: [] }, true, 'rule.empty-group'],
    ['an empty any', { any: [] }, true, 'rule.empty-group'],
    [
      'all beside any, of which all is ignored',
      { all: [leaf], any: [{ ...leaf, operator: 'greaterThan' }] },
      true,
      'rule.sibling-groups',
    ],
    [
      'a path that leads nowhere with notEqual',
      { all: [{ fact: 'a.word', path: '$.nowhere', operator: 'notEqual', value: 'x' }] },
      true,
      'rule.path-forbidden',
    ],
    [
      'numbers in quotes, which are compared as words',
      { all: [{ fact: 'a.word', operator: 'lessThan', value: '9' }] },
      true,
      'rule.type-mismatch',
    ],
    [
      'a count that is equal to a fraction',
      { all: [{ fact: 'a.number', operator: 'notEqual', value: 5.5 }] },
      true,
      'rule.constant-out-of-range',
    ],
  ])('is refused when the rule is saved: %s', async (_name, conditions, passes, code) => {
    expect(await theirs(conditions, { 'a.number': 50, 'a.word': '10' })).toBe(passes);
    const result = parsed(conditions, types);
    expect('problems' in result ? result.problems.map((problem) => problem.code) : []).toContain(code);
  });

  it('is that a fact which is not there passes notEqual; to us it is unknown', async () => {
    const conditions = { all: [{ fact: 'a.word', operator: 'notEqual', value: 'x' }] };
    expect(await theirs(conditions, {})).toBe(true);
    const result = parsed(conditions, types);
    if ('problems' in result) throw new Error('it is refused');
    expect(evaluateCondition(result.condition, context({})).truth).toBeNull();
  });
});
