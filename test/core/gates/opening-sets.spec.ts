import { describe, expect, it } from '@jest/globals';
import { compileGate, type CompiledGate } from '../../../src/core/gates/compile-gate.js';
import type { GateContext, Waiver } from '../../../src/core/gates/evaluate-gate.js';
import { openingSets } from '../../../src/core/gates/opening-sets.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import { day } from '../logic/logic-fixtures.js';
import { compiled, gateContext, rule } from './gate-fixtures.js';
import {
  allValues,
  Dice,
  GATE,
  randomFacts,
  randomRules,
  SEED,
  smallCatalogue,
  smallContext,
  smallDays,
  smallRulebook,
} from './small-world.js';

const CASES = 10_000;

const isOpen = (word: string) => word !== 'fail' && word !== 'unknown';

/** The smallest sets of facts with which the gate opens, by going through all sets and all values. */
function bruteForce(
  gate: CompiledGate,
  rulebook: Rulebook,
  context: GateContext,
  waivers: readonly Waiver[],
): readonly string[] {
  const names = [...new Set([...rulebook.rules.values()].flatMap(({ factNames }) => factNames))];
  const changeable = names.filter((name) => {
    const owner = smallCatalogue.get(name)?.owner;
    return owner !== 'engine' && owner !== 'administrator';
  });
  const found: (readonly string[])[] = [];
  const subsets = Array.from({ length: 2 ** changeable.length }, (_, mask) =>
    changeable.filter((_, i) => (mask & (1 << i)) !== 0),
  ).toSorted((a, b) => a.length - b.length);
  for (const subset of subsets) {
    if (found.some((each) => each.every((name) => subset.includes(name)))) continue;
    for (const values of allValues(subset)) {
      const facts = new Map(context.facts);
      for (const value of values) facts.set(value.fact, value);
      if (isOpen(gate.word({ ...context, facts }, waivers))) {
        found.push(subset);
        break;
      }
    }
  }
  return found.map((set) => set.toSorted().join(' ')).toSorted();
}

describe('opening sets', () => {
  it('are those that going through all sets and values finds, and each opens the gate', () => {
    const dice = new Dice(SEED);
    const seen = { closed: 0, hopeless: 0, several: 0 };
    for (let cases = 0; cases < CASES;) {
      const rulebook = smallRulebook(randomRules(dice, 4, 3), 4);
      if (rulebook === null) continue;
      cases += 1;
      const context = smallContext(randomFacts(dice, rulebook));
      const waivers = dice.chance(0.1) ? [{ id: 'w', rule: 'R01', endsOn: day('2017-12-31') }] : [];
      const gate = compileGate(rulebook, GATE);
      const answer = openingSets({ rulebook, gate: GATE, context, waivers, days: smallDays });
      const sets = answer.sets.map(({ changes }) =>
        changes
          .map(({ fact }) => fact)
          .toSorted()
          .join(' '),
      );
      const expected = bruteForce(gate, rulebook, context, waivers);
      const label = () =>
        JSON.stringify([
          SEED,
          cases,
          [...rulebook.rules.values()].map((r) => [r.severity, r.conditions]),
          [...context.facts.values()].map((f) => [f.fact, f.value, f.precision]),
        ]);
      if (sets.toSorted().join() !== expected.join()) {
        throw new Error(`found [${sets.join(' | ')}], expected [${expected.join(' | ')}]: ${label()}`);
      }
      if (!answer.exactness.isExact)
        throw new Error(`not exact: ${answer.exactness.because.join()} ${label()}`);
      for (const { changes } of answer.sets) {
        const facts = new Map(context.facts);
        for (const { recorded } of changes) facts.set(recorded.fact, recorded);
        if (!isOpen(gate.word({ ...context, facts }, waivers))) throw new Error(`stays closed: ${label()}`);
      }
      if (sets.join() !== '') seen.closed += 1;
      if (sets.length > 1) seen.several += 1;
      if (sets.length === 0) seen.hopeless += 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES / 50);
  });
});

describe('an opening set', () => {
  const rulebook = compiled([
    rule('R01'),
    rule('R02', {
      conditions: {
        any: [
          { fact: 'body.named', operator: 'equal', value: true },
          { fact: 'survey.closed_on', operator: 'greaterThanInclusive', value: '2017-06-30' },
        ],
      },
    }),
  ]);

  it('says who can change what, to which nearest value, and what else would do', () => {
    const context = gateContext({ 'people.civil': 1, 'survey.closed_on': '2017-05-02', 'body.named': false });
    const { sets, isCut, hopeless, exactness } = openingSets({ rulebook, gate: GATE, context, waivers: [] });
    expect({ isCut, hopeless, exactness }).toEqual({
      isCut: false,
      hopeless: [],
      exactness: { isExact: true, because: [] },
    });
    expect(sets.map(({ changes }) => changes)).toMatchObject([
      [
        {
          fact: 'people.civil',
          owner: 'cluster_manager',
          from: 1,
          to: 2,
          works: { atLeast: 2, atMost: null },
        },
        {
          fact: 'body.named',
          owner: 'regional_authority',
          from: false,
          to: true,
          works: { oneOf: [true] },
        },
      ],
      [
        {
          fact: 'people.civil',
          owner: 'cluster_manager',
          from: 1,
          to: 2,
          works: { atLeast: 2, atMost: null },
        },
        {
          fact: 'survey.closed_on',
          owner: 'regional_authority',
          from: '2017-05-02',
          to: '2017-06-30',
          works: { atLeast: '2017-06-30', atMost: null },
        },
      ],
    ]);
  });

  it('is empty for a gate that is open', () => {
    const context = gateContext({ 'people.civil': 2, 'body.named': true });
    expect(openingSets({ rulebook, gate: GATE, context, waivers: [] }).sets).toEqual([{ changes: [] }]);
  });

  it('leaves out what an administrator keeps, unless asked', () => {
    const classed = compiled([
      rule('R01', {
        conditions: { all: [{ fact: 'region.class', operator: 'equal', value: 'advanced' }] },
      }),
    ]);
    const context = gateContext({ 'region.class': 'convergence' });
    const question = { rulebook: classed, gate: GATE, context, waivers: [] };
    expect(openingSets(question)).toMatchObject({ sets: [], hopeless: ['R01'] });
    expect(openingSets({ ...question, byAdministrator: true }).sets).toMatchObject([
      { changes: [{ fact: 'region.class', owner: 'administrator', to: 'advanced' }] },
    ]);
  });

  it('is one of at most as many as were asked for', () => {
    const many = compiled([
      rule('R01', {
        conditions: {
          any: ['people.civil', 'people.business', 'meetings.held'].map((fact) => ({
            fact,
            operator: 'greaterThan',
            value: 4,
          })),
        },
      }),
    ]);
    const question = { rulebook: many, gate: GATE, context: gateContext({}), waivers: [] };
    expect(openingSets(question).sets).toHaveLength(3);
    expect(openingSets({ ...question, bound: 2 })).toMatchObject({ isCut: true, sets: [{}, {}] });
    expect(openingSets({ ...question, bound: 3 }).isCut).toBe(false);
  });
});
