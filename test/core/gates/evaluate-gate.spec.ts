import { describe, expect, it } from '@jest/globals';
import { evaluateGate, type GateContext, type Waiver } from '../../../src/core/gates/evaluate-gate.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import { verdictOf, type RuleOutcome, type VerdictWord } from '../../../src/core/gates/verdict.js';
import { day } from '../logic/logic-fixtures.js';
import { action, compiled, GATE, gateContext, rule } from './gate-fixtures.js';

function judge(rulebook: Rulebook, context: GateContext, waivers: readonly Waiver[] = []) {
  return evaluateGate({ rulebook, gate: GATE, context, waivers });
}

const named = { all: [{ fact: 'body.named', operator: 'equal', value: true }] };
const waiver = (rule: string, endsOn = '2017-06-30'): Waiver => ({
  id: `w-${rule}`,
  rule,
  endsOn: day(endsOn),
});

describe('the order of verdicts', () => {
  type Row = [`${RuleOutcome['severity']} ${RuleOutcome['result']}`[], VerdictWord];
  it.each<Row>([
    [['block pass', 'conditional pass', 'warn pass'], 'pass'],
    [['block pass', 'warn fail'], 'pass'],
    [['block pass', 'warn unknown'], 'pass'],
    [['block pass', 'conditional fail'], 'conditional'],
    [['block waived', 'conditional pass'], 'waived'],
    [['block pass', 'conditional waived'], 'waived'],
    [['block waived', 'conditional fail'], 'waived'],
    [['block unknown', 'conditional fail'], 'unknown'],
    [['block pass', 'conditional unknown'], 'unknown'],
    [['block waived', 'block unknown'], 'unknown'],
    [['block fail', 'block unknown'], 'fail'],
    [['block fail', 'block waived', 'conditional fail'], 'fail'],
  ])('%j is %s', (rows, word) => {
    const rules = rows.map((row) => {
      const [severity, result] = row.split(' ') as [RuleOutcome['severity'], RuleOutcome['result']];
      return { severity, result };
    });
    expect(verdictOf(rules)).toBe(word);
    expect(verdictOf(rules.toReversed())).toBe(word);
  });
});

describe('the verdict of a gate', () => {
  it('passes, and says by which rulebook and on which day', () => {
    const verdict = judge(compiled([rule('R01')]), gateContext({ 'people.civil': 2 }));
    expect(verdict).toMatchObject({
      gate: GATE,
      verdict: 'pass',
      rulebook: { id: 'test-rules', version: 3, hash: 'a-hash' },
      today: '2017-06-01',
      rules: [{ id: 'R01', severity: 'block', result: 'pass', condition: 'pass', missing: [], waiver: null }],
      missing: [],
      failing: [],
      warnings: [],
      actions: [],
    });
  });

  it('fails if one block rule does, and names those that do', () => {
    const rulebook = compiled([rule('R02', { conditions: named }), rule('R01')]);
    const verdict = judge(rulebook, gateContext({ 'people.civil': 1, 'body.named': true }));
    expect(verdict).toMatchObject({ verdict: 'fail', failing: ['R01'] });
    expect(verdict.rules.map(({ id, result }) => [id, result])).toEqual([
      ['R02', 'pass'],
      ['R01', 'fail'],
    ]);
  });

  it('is unknown without a fact, and names it with its owner, each once, in the order of the catalogue', () => {
    const both = {
      all: [
        { fact: 'body.named', operator: 'equal', value: true },
        { fact: 'people.civil', operator: 'lessThan', value: 50 },
      ],
    };
    const verdict = judge(compiled([rule('R01', { conditions: both }), rule('R02')]), gateContext({}));
    expect(verdict.verdict).toBe('unknown');
    expect(verdict.missing).toEqual([
      { fact: 'people.civil', owner: 'cluster_manager', reason: 'missing' },
      { fact: 'body.named', owner: 'regional_authority', reason: 'missing' },
    ]);
    expect(verdict.rules[1]?.missing).toEqual([
      { fact: 'people.civil', owner: 'cluster_manager', reason: 'missing' },
    ]);
  });

  it('tells a stale fact from a missing one', () => {
    const conditions = { all: [{ fact: 'meetings.held', operator: 'greaterThan', value: 1 }] };
    const rulebook = compiled([rule('R01', { conditions })]);
    const { missing } = judge(rulebook, gateContext({}, { stale: new Set(['meetings.held']) }));
    expect(missing).toEqual([{ fact: 'meetings.held', owner: 'regional_authority', reason: 'stale' }]);
  });

  it('names a date that is too vague to decide', () => {
    const conditions = { all: [{ fact: 'survey.closed_on', operator: 'lessThan', value: '2017-03-20' }] };
    const rulebook = compiled([rule('R01', { conditions })]);
    const { verdict, missing } = judge(
      rulebook,
      gateContext({ 'survey.closed_on': ['2017-03-01', 'month'] }),
    );
    expect(verdict).toBe('unknown');
    expect(missing).toEqual([{ fact: 'survey.closed_on', owner: 'regional_authority', reason: 'imprecise' }]);
  });

  it('leaves the missing facts of a rule that is decided, or that only warns, out of its own', () => {
    const either = { any: [...named.all, { fact: 'people.business', operator: 'lessThan', value: 50 }] };
    const rulebook = compiled([rule('R01', { conditions: either }), rule('R02', { severity: 'warn' })]);
    const verdict = judge(rulebook, gateContext({ 'body.named': true }));
    expect(verdict).toMatchObject({ verdict: 'pass', missing: [], warnings: ['R02'] });
    expect(verdict.rules[1]?.missing).toEqual([
      { fact: 'people.civil', owner: 'cluster_manager', reason: 'missing' },
    ]);
  });

  it('is a gap of the definitions if the rulebook has no such gate', () => {
    const question = {
      rulebook: compiled([rule('R01')]),
      gate: 'no.gate',
      context: gateContext({}),
      waivers: [],
    };
    expect(() => evaluateGate(question)).toThrow('definition.invalid');
  });
});

describe('a conditional rule', () => {
  const rulebook = compiled([
    rule('R01', { severity: 'conditional', action }),
    rule('R02', { conditions: named }),
  ]);

  it('lets the region pass with a dated action', () => {
    expect(judge(rulebook, gateContext({ 'people.civil': 1, 'body.named': true }))).toMatchObject({
      verdict: 'conditional',
      failing: [],
      actions: [{ rule: 'R01', owner: 'regional_authority', dueWithinMonths: 9 }],
    });
  });

  it('keeps its action when another rule is waived', () => {
    const context = gateContext({ 'people.civil': 1, 'body.named': false });
    expect(judge(rulebook, context, [waiver('R02')])).toMatchObject({
      verdict: 'waived',
      actions: [{ rule: 'R01' }],
    });
  });

  it('needs no action when it is waived itself', () => {
    const context = gateContext({ 'people.civil': 1, 'body.named': true });
    expect(judge(rulebook, context, [waiver('R01')])).toMatchObject({ verdict: 'waived', actions: [] });
  });
});

describe('a warn rule', () => {
  const rulebook = compiled([rule('R01', { severity: 'warn' })]);

  it('never keeps a gate shut, and is shown', () => {
    expect(judge(rulebook, gateContext({ 'people.civil': 1 }))).toMatchObject({
      verdict: 'pass',
      failing: [],
      warnings: ['R01'],
    });
    expect(judge(rulebook, gateContext({}))).toMatchObject({ verdict: 'pass', warnings: ['R01'] });
    expect(judge(rulebook, gateContext({ 'people.civil': 2 })).warnings).toEqual([]);
  });

  it('is not touched by a waiver', () => {
    const verdict = judge(rulebook, gateContext({ 'people.civil': 1 }), [waiver('R01')]);
    expect(verdict.rules[0]).toMatchObject({ result: 'fail', waiver: null });
  });
});

describe('a waiver', () => {
  const rulebook = compiled([rule('R01'), rule('R02', { conditions: named })]);
  const broken = gateContext({ 'people.civil': 1, 'body.named': true });

  it('opens the gate for the rule that it names', () => {
    const verdict = judge(rulebook, broken, [waiver('R01')]);
    expect(verdict).toMatchObject({ verdict: 'waived', failing: [] });
    expect(verdict.rules[0]).toMatchObject({ result: 'waived', condition: 'fail', waiver: 'w-R01' });
    expect(judge(rulebook, broken, [waiver('R02')]).verdict).toBe('fail');
  });

  it('counts up to and including its last day', () => {
    expect(judge(rulebook, broken, [waiver('R01', '2017-06-01')]).verdict).toBe('waived');
    expect(judge(rulebook, broken, [waiver('R01', '2017-05-31')]).verdict).toBe('fail');
  });

  it('stands in for an unknown rule, whose missing facts no longer hold the gate up', () => {
    const verdict = judge(rulebook, gateContext({ 'body.named': true }), [waiver('R01')]);
    expect(verdict).toMatchObject({ verdict: 'waived', missing: [] });
    expect(verdict.rules[0]).toMatchObject({ result: 'waived', condition: 'unknown' });
    expect(verdict.rules[0]?.missing).toHaveLength(1);
  });

  it('is not used by a rule that passes', () => {
    const verdict = judge(rulebook, gateContext({ 'people.civil': 2, 'body.named': true }), [waiver('R01')]);
    expect(verdict.verdict).toBe('pass');
    expect(verdict.rules[0]).toMatchObject({ result: 'pass', waiver: null });
  });
});

describe('what depends on the region', () => {
  const conditions = {
    all: [
      {
        fact: 'people.civil',
        operator: 'greaterThanInclusive',
        value: { fact: 'parameter', params: { name: 'people_min' } },
      },
    ],
  };
  const byClass = {
    by: 'region.class',
    values: { advanced: 3, convergence: 2, less_advanced: 1 },
    unit: 'people',
  };

  it.each([
    ['advanced', 'fail'],
    ['convergence', 'pass'],
    ['less_advanced', 'pass'],
  ])('is a threshold: two people in a region that is %s are a %s', (regionClass, result) => {
    const rulebook = compiled([rule('R01', { parameters: { people_min: byClass }, conditions })]);
    const context = gateContext({ 'people.civil': 2, 'region.class': regionClass });
    expect(judge(rulebook, context).verdict).toBe(result);
  });

  it('is unknown in a region without a class, and names the class', () => {
    for (const parameter of [byClass, { ...byClass, values: { advanced: 3 }, otherwise: 2 }]) {
      const rulebook = compiled([rule('R01', { parameters: { people_min: parameter }, conditions })]);
      const verdict = judge(rulebook, gateContext({ 'people.civil': 100 }));
      expect(verdict).toMatchObject({
        verdict: 'unknown',
        missing: [{ fact: 'region.class', owner: 'administrator', reason: 'missing' }],
      });
    }
  });

  it('is a value for all others where the region is not listed', () => {
    const byCountry = { by: 'region.country', values: { CH: 9 }, otherwise: 2, unit: 'people' };
    const rulebook = compiled([rule('R01', { parameters: { people_min: byCountry }, conditions })]);
    expect(judge(rulebook, gateContext({ 'people.civil': 2, 'region.country': 'AT' })).verdict).toBe('pass');
    expect(judge(rulebook, gateContext({ 'people.civil': 2, 'region.country': 'CH' })).verdict).toBe('fail');
    expect(judge(rulebook, gateContext({ 'people.civil': 2, 'region.country': 'constructor' })).verdict).toBe(
      'pass',
    );
  });

  it('is a severity, which is the strict one as long as the country is not known', () => {
    const severity = { by: 'region.country', values: { CH: 'warn' }, otherwise: 'block' };
    const rulebook = compiled([rule('R01', { severity })]);
    const severityIn = (country: object) => judge(rulebook, gateContext({ 'people.civil': 1, ...country }));
    expect(severityIn({ 'region.country': 'CH' })).toMatchObject({ verdict: 'pass', warnings: ['R01'] });
    expect(severityIn({ 'region.country': 'SI' })).toMatchObject({ verdict: 'fail', failing: ['R01'] });
    expect(severityIn({}).rules[0]?.severity).toBe('block');
  });
});
