import { describe, expect, it } from '@jest/globals';
import { agreeingVerdict } from '../../../src/core/gates/agreeing-verdict.js';
import { evaluateGate } from '../../../src/core/gates/evaluate-gate.js';
import { secondOpinion } from '../../../src/core/gates/second-opinion.js';
import type { Verdict } from '../../../src/core/gates/verdict.js';
import { compiled, GATE, gateContext, rule } from './gate-fixtures.js';

const rulebook = compiled([
  rule('R01'),
  rule('R02', { conditions: { not: { all: [{ fact: 'body.named', operator: 'notEqual', value: true }] } } }),
  rule('R03', { conditions: { all: [{ fact: 'survey.closed_on', operator: 'isKnown', value: true }] } }),
  rule('R04', {
    conditions: { any: [{ fact: 'survey.closed_on', operator: 'lessThan', value: '2017-03-20' }] },
  }),
]);

function opinion(given: Parameters<typeof gateContext>[0]) {
  return secondOpinion({ rulebook, gate: GATE, context: gateContext(given) }).then(Object.fromEntries);
}

describe('the second evaluator', () => {
  it('knows three truths', async () => {
    expect(await opinion({})).toEqual({ R01: null, R02: null, R03: null, R04: null });
    expect(await opinion({ 'people.civil': 2, 'body.named': true })).toEqual({
      R01: true,
      R02: true,
      R03: null,
      R04: null,
    });
    expect(
      await opinion({ 'people.civil': 1, 'body.named': false, 'survey.closed_on': '2017-03-20' }),
    ).toEqual({
      R01: false,
      R02: false,
      R03: true,
      R04: false,
    });
  });

  it('knows that a vague date decides only sometimes', async () => {
    expect(await opinion({ 'survey.closed_on': ['2017-03-01', 'month'] })).toMatchObject({
      R03: true,
      R04: null,
    });
    expect(await opinion({ 'survey.closed_on': ['2016-03-01', 'year'] })).toMatchObject({ R04: true });
  });

  it('may be asked several questions at the same time', async () => {
    const counts = Array.from({ length: 20 }, (_, i) => i % 3);
    const answers = await Promise.all(counts.map((count) => opinion({ 'people.civil': count })));
    expect(answers.map(({ R01 }) => R01)).toEqual(counts.map((count) => count >= 2));
  });
});

describe('two evaluators', () => {
  const context = gateContext({ 'people.civil': 2 });
  const question = { rulebook, gate: GATE, context };
  const verdict = evaluateGate({ ...question, waivers: [] });

  it('agree on what both have worked out', async () => {
    expect(await agreeingVerdict(question, verdict)).toEqual({ agreed: true });
  });

  it('are compared on what the conditions say, not on waivers', async () => {
    const waivers = [{ id: 'w', rule: 'R02', endsOn: context.today }];
    const waived = evaluateGate({ ...question, waivers });
    expect(waived.rules[1]?.result).toBe('waived');
    expect(await agreeingVerdict(question, waived)).toEqual({ agreed: true });
  });

  it('differ if one says otherwise, and the rule is named', async () => {
    const [first, ...others] = verdict.rules;
    if (first === undefined) throw new Error('no rule');
    const tampered: Verdict = {
      ...verdict,
      rules: [{ ...first, condition: 'fail', result: 'fail' }, ...others],
    };
    expect(await agreeingVerdict(question, tampered)).toEqual({
      agreed: false,
      differences: [{ rule: 'R01', first: 'fail', second: 'pass' }],
    });
  });

  it('differ on a rule that one of them has not looked at', async () => {
    expect(await agreeingVerdict(question, { ...verdict, rules: verdict.rules.slice(1) })).toMatchObject({
      agreed: false,
      differences: [{ rule: 'R01', second: 'pass' }],
    });
  });

  it('differ on every rule if the second one breaks', async () => {
    const [first] = rulebook.gates.get(GATE)?.rules ?? [];
    if (first === undefined) throw new Error('no rule');
    const conditions = { all: [{ fact: 'people.civil', operator: 'nosuch', value: 2 }] };
    const gates = new Map([[GATE, { id: GATE, labels: rulebook.labels, rules: [{ ...first, conditions }] }]]);
    const broken = { ...question, rulebook: { ...rulebook, gates } };
    await expect(secondOpinion(broken)).rejects.toMatchObject({ code: 'evaluators.disagree' });
    expect(await agreeingVerdict(broken, evaluateGate({ ...broken, waivers: [] }))).toEqual({
      agreed: false,
      differences: [{ rule: 'R01', first: 'pass', second: 'none' }],
    });
  });
});
