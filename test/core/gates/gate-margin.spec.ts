import { describe, expect, it } from '@jest/globals';
import { toDayNumber, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import type { FactScalar, FactValue } from '../../../src/core/facts/fact-value.js';
import { compileGate } from '../../../src/core/gates/compile-gate.js';
import { gateMargin } from '../../../src/core/gates/gate-margin.js';
import { spanOf } from '../../../src/core/logic/fact-frame.js';
import { compiled, gateContext, rule } from './gate-fixtures.js';
import {
  Dice,
  domainOf,
  fact,
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

function distance(recorded: FactValue, value: FactScalar): number {
  if (typeof recorded.value === 'number') return Math.abs(Number(value) - recorded.value);
  if (recorded.precision === null) return 1;
  const [{ lo, hi }, day] = [spanOf(recorded), toDayNumber(value as CalendarDate)];
  return Math.max(0, lo - day, day - hi);
}

describe('the margin of a gate', () => {
  it('is that of going through all values of every fact', () => {
    const dice = new Dice(SEED + 1);
    const seen = { turning: 0, steady: 0, open: 0 };
    for (let cases = 0; cases < CASES;) {
      const rulebook = smallRulebook(randomRules(dice, 4, 2), 4);
      if (rulebook === null) continue;
      cases += 1;
      const context = smallContext(randomFacts(dice, rulebook));
      const gate = compileGate(rulebook, GATE);
      const margin = gateMargin({ rulebook, gate: GATE, context, waivers: [], days: smallDays });
      const open = isOpen(gate.word(context, []));
      const names = [...new Set([...rulebook.rules.values()].flatMap(({ factNames }) => factNames))];
      const label = () =>
        JSON.stringify([
          SEED + 1,
          cases,
          [...rulebook.rules.values()].map((r) => [r.severity, r.conditions]),
          [...context.facts.values()].map((f) => [f.fact, f.value, f.precision]),
          margin.facts,
        ]);
      if (margin.isOpen !== open) throw new Error(label());
      for (const name of names) {
        const recorded = context.facts.get(name);
        const turning = domainOf(name).filter((value) => {
          const facts = new Map([...context.facts, [name, fact(name, value)]]);
          return isOpen(gate.word({ ...context, facts }, [])) !== open;
        });
        const found = margin.facts.find((each) => each.fact === name);
        if ((found === undefined) !== (turning.length === 0)) throw new Error(`${name}: ${label()}`);
        if (found === undefined) {
          seen.steady += 1;
          continue;
        }
        seen.turning += 1;
        if (open) seen.open += 1;
        if (recorded === undefined || smallCatalogue.get(name)?.type.kind === 'decimal') continue;
        const nearest = Math.min(...turning.map((value) => distance(recorded, value)));
        if (found.distance !== nearest) throw new Error(`${name} by ${nearest}: ${label()}`);
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES / 50);
  });

  it('names the nearest fact first, with its unit', () => {
    const rulebook = compiled([
      rule('R01', {
        conditions: { all: [{ fact: 'score.one', operator: 'greaterThanInclusive', value: 40 }] },
      }),
      rule('R02', {
        conditions: { all: [{ fact: 'people.civil', operator: 'greaterThanInclusive', value: 2 }] },
      }),
      rule('R03', { conditions: { all: [{ fact: 'body.named', operator: 'equal', value: true }] } }),
    ]);
    const context = gateContext({ 'score.one': 40.5, 'people.civil': 20, 'body.named': true });
    expect(gateMargin({ rulebook, gate: GATE, context, waivers: [] })).toMatchObject({
      isOpen: true,
      facts: [
        { fact: 'score.one', from: 40.5, to: 39.999, unit: 'points' },
        { fact: 'people.civil', to: 1, distance: 19, unit: 'people' },
        { fact: 'body.named', to: false, distance: 1, unit: 'step' },
      ],
      rules: [
        { rule: 'R01', leaves: [{ distance: 0.5, unit: 'points', flips: 'beyond', result: 'pass' }] },
        { rule: 'R02', leaves: [{ distance: 19, unit: 'people', flips: 'at' }] },
        { rule: 'R03', leaves: [{ distance: 1, unit: 'step' }] },
      ],
    });
  });

  it('is not known of a comparison that is not', () => {
    const rulebook = compiled([rule('R01')]);
    const { rules, facts } = gateMargin({ rulebook, gate: GATE, context: gateContext({}), waivers: [] });
    expect(rules).toMatchObject([{ leaves: [{ result: 'unknown', distance: null }] }]);
    expect(facts).toMatchObject([{ fact: 'people.civil', from: null, to: 2, distance: null }]);
  });

  it('of a vague date is that of its nearest end', () => {
    const rulebook = compiled([
      rule('R01', {
        conditions: { all: [{ fact: 'survey.closed_on', operator: 'lessThan', value: '2017-06-10' }] },
      }),
    ]);
    const context = gateContext({ 'survey.closed_on': ['2017-05-03', 'month'] });
    expect(gateMargin({ rulebook, gate: GATE, context, waivers: [] })).toMatchObject({
      facts: [{ to: '2017-06-10', distance: 10, unit: 'days' }],
      rules: [{ leaves: [{ distance: 10 }] }],
    });
  });
});
