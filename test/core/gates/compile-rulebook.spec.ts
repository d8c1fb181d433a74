import { describe, expect, it } from '@jest/globals';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { calendar, catalogue, labels } from '../logic/logic-fixtures.js';
import { runTestCases } from '../../../src/core/gates/run-test-cases.js';
import { action, compiled, definition, faultsOf, GATE, problemsOf, rule } from './gate-fixtures.js';

const byClass = (values: object, more: object = {}) => ({
  people_min: { by: 'region.class', values, unit: 'people', ...more },
});
const asksParameter = {
  all: [
    {
      fact: 'people.civil',
      operator: 'greaterThanInclusive',
      value: { fact: 'parameter', params: { name: 'people_min' } },
    },
  ],
};
const allClasses = { advanced: 3, convergence: 2, less_advanced: 1 };

const faultsWith = (parameters: object) => faultsOf([rule('R01', { parameters, conditions: asksParameter })]);

const testCase = (more: object) => ({
  name: 'two people',
  today: '2017-06-01',
  facts: { 'people.civil': 2 },
  expect: { R01: 'pass' },
  ...more,
});

const faultsOfCases = (...testCases: object[]) => faultsOf([rule('R01')], { testCases });

describe('a rulebook that is in order', () => {
  it('is ready to decide', () => {
    const rules = [
      rule('R01', { parameters: byClass(allClasses), conditions: asksParameter }),
      rule('R02', { severity: 'conditional', action }),
    ];
    const rulebook = compiled(rules);
    expect(rulebook).toMatchObject({
      id: 'test-rules',
      version: 3,
      hash: 'a-hash',
      effectiveFrom: '2017-01-01',
    });
    expect(rulebook.gates.get(GATE)?.rules.map(({ id }) => id)).toEqual(['R01', 'R02']);
    expect(rulebook.rules.get('R02')?.action).toMatchObject({
      owner: 'regional_authority',
      dueWithinMonths: 9,
    });
    expect(rulebook.rules.get('R01')?.action).toBeNull();
  });

  it('names the facts of a rule, those that decide a parameter or the severity included', () => {
    const severity = { by: 'region.country', values: { CH: 'warn' }, otherwise: 'block' };
    const rules = [rule('R01', { severity, parameters: byClass(allClasses), conditions: asksParameter })];
    expect(compiled(rules).rules.get('R01')?.factNames).toEqual([
      'people.civil',
      'region.class',
      'region.country',
    ]);
    const derived = { any: [{ fact: 'score.mean', operator: 'lessThan', value: 40 }] };
    expect(compiled([rule('R01', { conditions: derived })]).rules.get('R01')?.factNames).toEqual([
      'score.one',
      'score.two',
    ]);
  });

  it('cannot be changed by those who decide by it, nor by the caller', () => {
    const json = definition([rule('R01')]);
    const result = compileRulebook(json, catalogue, 'a-hash');
    if ('problems' in result) throw new Error('it has problems');
    const found = result.rulebook.rules.get('R01');
    expect(Object.isFrozen(result.rulebook)).toBe(true);
    expect(Object.isFrozen(found?.condition)).toBe(true);
    expect(Object.isFrozen(found?.conditions)).toBe(true);
    expect(Object.isFrozen(found?.labels)).toBe(true);
    expect(found?.conditions).not.toBe((json['rules'] as { conditions: unknown }[])[0]?.conditions);
    expect(Object.isFrozen(json)).toBe(false);
  });
});

describe('a rulebook with the wrong shape', () => {
  it.each([
    ['no object', 7, 'schema.invalid-type '],
    [
      'a rule without a label in one language',
      definition([rule('R01', { labels: { ...labels, sl: undefined } })]),
      'label.language-missing /rules/0/labels/sl',
    ],
    [
      'a word that the format does not know',
      definition([rule('R01', { priority: 1 })]),
      'schema.unknown-key /rules/0/priority',
    ],
  ])('is refused: %s', (_, json, fault) => {
    const result = compileRulebook(json, catalogue, 'a-hash');
    const faults =
      'problems' in result ? result.problems.map(({ code, pointer }) => `${code} ${pointer}`) : [];
    expect(faults).toEqual([fault]);
  });

  it('is refused: a day that is not in the calendar', () => {
    expect(problemsOf([rule('R01')], { effectiveFrom: '0001-01-01' })).toHaveLength(1);
  });
});

describe('a trap in a rulebook', () => {
  it('is found in a condition, at its place in the document', () => {
    expect(faultsOf([rule('R01'), rule('R02', { conditions: { any: [] } })])).toEqual([
      'rule.empty-group /rules/1/conditions/any',
    ]);
  });

  it.each<[string, readonly string[], string[]]>([
    ['a gate asks what is not there', ['R01', 'R07'], [`gate.unknown-rule /gates/${GATE}/rules/1`]],
    ['a gate asks twice', ['R01', 'R01'], [`gate.duplicate-rule /gates/${GATE}/rules/1`]],
  ])('is found: %s', (_, rules, faults) => {
    expect(faultsOf([rule('R01')], { gates: { [GATE]: { labels, rules } } })).toEqual(faults);
  });

  it('is found: a rule that no gate asks', () => {
    const gates = { [GATE]: { labels, rules: ['R01'] } };
    expect(faultsOf([rule('R01'), rule('R02')], { gates })).toEqual(['rule.not-in-gate /rules/1']);
  });

  it('is found: two rules of one id', () => {
    expect(faultsOf([rule('R01'), rule('R01')])).toEqual(['rule.duplicate-id /rules/1/id']);
  });

  it('is found: a conditional rule without an action, and an action that never opens', () => {
    const sometimes = { by: 'region.country', values: { CH: 'conditional' }, otherwise: 'block' };
    expect(faultsOf([rule('R01', { severity: 'conditional' })])).toEqual(['rule.action-missing /rules/0']);
    expect(faultsOf([rule('R01', { severity: sometimes })])).toEqual(['rule.action-missing /rules/0']);
    expect(faultsOf([rule('R01', { severity: sometimes, action })])).toEqual([]);
    expect(faultsOf([rule('R01', { action })])).toEqual(['rule.action-unused /rules/0/action']);
  });

  it('is found: a parameter that nothing uses', () => {
    expect(faultsOf([rule('R01', { parameters: byClass(allClasses) })])).toEqual([
      'parameter.unused /rules/0/parameters/people_min',
    ]);
  });

  it('is found: a parameter that is not there', () => {
    expect(faultsOf([rule('R01', { conditions: asksParameter })])).toEqual([
      'rule.unknown-parameter /rules/0/conditions/all/0/value/params/name',
    ]);
  });

  it('is found: a parameter that some region has no value of', () => {
    const pointer = '/rules/0/parameters/people_min';
    expect(faultsWith(byClass({ advanced: 3 }))).toEqual([`parameter.incomplete ${pointer}`]);
    expect(faultsWith(byClass({ advanced: 3 }, { otherwise: 2 }))).toEqual([]);
    expect(faultsWith(byClass({ CH: 3 }, { by: 'region.country' }))).toEqual([
      `parameter.incomplete ${pointer}`,
    ]);
    expect(faultsWith(byClass({ CH: 3 }, { by: 'region.country', otherwise: 2 }))).toEqual([]);
  });

  it('is found: a value for a class that does not exist', () => {
    const parameters = byClass({ ...allClasses, advancd: 4 });
    expect(faultsOf([rule('R01', { parameters, conditions: asksParameter })])).toEqual([
      'parameter.unknown-value /rules/0/parameters/people_min/values/advancd',
    ]);
    const severity = { by: 'region.class', values: { advancd: 'warn' }, otherwise: 'block' };
    expect(faultsOf([rule('R01', { severity })])).toEqual([
      'severity.unknown-value /rules/0/severity/values/advancd',
    ]);
  });

  it('is found: a parameter of the wrong type, or that lets no fact decide', () => {
    expect(faultsWith(byClass({ ...allClasses, advanced: '3' }))).toEqual([
      'rule.type-mismatch /rules/0/conditions/all/0/value',
    ]);
    expect(faultsWith(byClass({ ...allClasses, advanced: 300 }))).toEqual([
      'rule.constant-out-of-range /rules/0/conditions/all/0/value',
    ]);
  });

  it('is found: a fact that decides and that the catalogue does not have', () => {
    const without = new Map([...catalogue].filter(([name]) => name !== 'region.class'));
    const json = definition([rule('R01', { parameters: byClass(allClasses), conditions: asksParameter })]);
    const result = compileRulebook(json, without, 'a-hash');
    expect('problems' in result && result.problems.map(({ code }) => code)).toContain('rule.unknown-fact');
  });

  it.each([
    '\u202eR01',
    'zero\u200bwidth',
    '\u2066isolated',
    'soft\u00adhyphen',
    'a\u0000b',
    '\ufeffmark',
    'two\nlines',
  ])('is found: a text that is not what it looks like, %j', (text) => {
    expect(faultsOf([rule('R01', { labels: { ...labels, de: text } })])).toEqual([
      'text.invisible-characters /rules/0/labels/de',
    ]);
  });

  it('is found: such a text inside a condition', () => {
    const conditions = { all: [{ fact: 'region.nuts', operator: 'equal', value: 'SI\u200b' }] };
    expect(faultsOf([rule('R01', { conditions })])).toEqual([
      'text.invisible-characters /rules/0/conditions/all/0/value',
    ]);
  });

  it('is found once, with every other one of the document', () => {
    const rules = [rule('R01', { conditions: { all: [] } }), rule('R02', { severity: 'conditional' })];
    expect(faultsOf(rules)).toEqual([
      'rule.empty-group /rules/0/conditions/all',
      'rule.action-missing /rules/1',
    ]);
  });
});

describe('a hostile rulebook', () => {
  it('with 5,000 levels or 100,000 leaves in a condition is refused', () => {
    let deep: unknown = { fact: 'people.civil', operator: 'lessThan', value: 3 };
    for (let i = 0; i < 5000; i += 1) deep = { any: [deep] };
    expect(problemsOf([rule('R01', { conditions: deep })]).map(({ code }) => code)).toEqual([
      'rule.too-deep',
    ]);
    const wide = {
      any: Array.from({ length: 100_000 }, () => ({ fact: 'x.y', operator: 'equal', value: '\u200b' })),
    };
    expect(problemsOf([rule('R01', { conditions: wide })]).length).toBeLessThanOrEqual(400);
  });

  it('with very many rules is refused', () => {
    const rules = Array.from({ length: 1000 }, () => rule('R01'));
    expect(problemsOf(rules).map(({ code }) => code)).toEqual(['schema.too-big']);
  });
});

describe('a test case', () => {
  it.each([
    [
      'an unknown fact',
      { facts: { 'people.nobody': 2 } },
      'test-case.unknown-fact /testCases/0/facts/people.nobody',
    ],
    [
      'a derived fact',
      { facts: { 'score.mean': 2 } },
      'test-case.unknown-fact /testCases/0/facts/score.mean',
    ],
    [
      'a wrong value',
      { facts: { 'people.civil': '2' } },
      'test-case.invalid-value /testCases/0/facts/people.civil',
    ],
    [
      'a wrong precision',
      { facts: { 'survey.closed_on': { value: '2017-03-20', precision: 'decade' } } },
      'test-case.invalid-value /testCases/0/facts/survey.closed_on',
    ],
    ['an unknown rule', { expect: { R09: 'pass' } }, 'test-case.unknown-rule /testCases/0/expect/R09'],
  ])('is refused with %s', (_, more, fault) => {
    expect(faultsOfCases(testCase(more))).toEqual([fault]);
  });

  it('is refused if another one has its name', () => {
    expect(faultsOfCases(testCase({}), testCase({}))).toEqual(['test-case.duplicate-name /testCases/1/name']);
  });

  it('is reported if a rule does not come out as it says', () => {
    const testCases = [
      testCase({}),
      testCase({ name: 'one person', facts: { 'people.civil': 1 } }),
      testCase({ name: 'nobody counted', facts: {}, expect: { R01: 'unknown' } }),
    ];
    expect(runTestCases(compiled([rule('R01')], { testCases }), calendar, [])).toEqual([
      { testCase: 'one person', rule: 'R01', expected: 'pass', actual: 'fail' },
    ]);
  });
});
