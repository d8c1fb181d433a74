import { describe, expect, it } from '@jest/globals';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { usableFacts } from '../../../src/core/facts/usable-facts.js';
import { compileGate } from '../../../src/core/gates/compile-gate.js';
import type { GateContext, Waiver } from '../../../src/core/gates/evaluate-gate.js';
import { gateHorizon } from '../../../src/core/gates/gate-horizon.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import { day, recorded } from '../logic/logic-fixtures.js';
import { compiled, gateContext, rule } from './gate-fixtures.js';
import { Dice, GATE, SEED } from './small-world.js';

const CASES = 400;
const YEARS = 1;

const isOpen = (word: string) => word !== 'fail' && word !== 'unknown';

/** The first day on which the gate is the other way round, by asking on each. */
function dayByDay(rulebook: Rulebook, context: GateContext, waivers: readonly Waiver[]): string | null {
  const gate = compileGate(rulebook, GATE);
  const first = toDayNumber(context.today);
  const open = isOpen(gate.word(context, waivers));
  for (let number = first + 1; fromDayNumber(number) <= day('2018-06-01'); number += 1) {
    const today = fromDayNumber(number);
    const { facts } = usableFacts(rulebook.catalogue, [...context.facts.values()], 1, today);
    if (isOpen(gate.word({ ...context, today, facts }, waivers)) !== open) return today;
  }
  return null;
}

const ORDERS = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];

function leaf(dice: Dice): unknown {
  const fact = dice.pick(['survey.opened_on', 'survey.closed_on']);
  const params = dice.chance(0.7) ? { from: fact, to: 'today' } : { from: 'today', to: fact };
  const operator = dice.pick(ORDERS);
  switch (dice.upTo(6)) {
    case 0:
      return { fact: 'days-between', params, operator, value: dice.upTo(900) - 200 };
    case 1:
      return { fact: 'months-between', params, operator, value: dice.upTo(30) - 6 };
    case 2: {
      const calendar = dice.pick(['own', 'neighbours']);
      return {
        fact: 'working-days-between',
        params: { ...params, calendar },
        operator,
        value: dice.upTo(500),
      };
    }
    case 3: {
      const other = { fact: 'months-between', params: { from: 'survey.closed_on', to: 'today' } };
      return { fact: 'days-between', params, operator, value: other };
    }
    case 4:
      return { fact: 'meetings.held', operator: 'greaterThanInclusive', value: dice.upTo(4) };
    default:
      return { fact, operator: 'isKnown', value: true };
  }
}

describe('the horizon of a gate', () => {
  it('is the first day that asking on every day finds', () => {
    const dice = new Dice(SEED + 2);
    const seen = { closes: 0, opens: 0, never: 0 };
    for (let cases = 0; cases < CASES;) {
      const rules = Array.from({ length: 1 + dice.upTo(2) }, (_, i) => {
        const parts = Array.from({ length: 1 + dice.upTo(3) }, () => leaf(dice));
        return rule(`R0${i + 1}`, { conditions: { [dice.pick(['all', 'any'])]: parts } });
      });
      const rulebook = attempt(() => compiled(rules));
      if (rulebook === null) continue;
      cases += 1;
      const date = () => fromDayNumber(toDayNumber(day('2017-06-01')) - dice.upTo(700) + 100);
      const facts = [
        recorded('survey.opened_on', date(), dice.pick(['day', 'day', 'month', 'year'])),
        recorded('survey.closed_on', date()),
        { ...recorded('meetings.held', dice.upTo(4)), observedOn: dice.pick([null, date()]) },
      ].filter(() => dice.chance(0.9));
      const usable = usableFacts(rulebook.catalogue, facts, 1, day('2017-06-01'));
      const context = gateContext({}, usable);
      const waivers = dice.chance(0.2) ? [{ id: 'w', rule: 'R01', endsOn: day('2017-09-30') }] : [];
      const found = gateHorizon({ rulebook, gate: GATE, context, waivers, years: YEARS });
      const expected = dayByDay(rulebook, context, waivers);
      if (found.turnsOn !== expected) {
        throw new Error(`${found.turnsOn} and not ${expected}: ${JSON.stringify([cases, rules, facts])}`);
      }
      seen[expected === null ? 'never' : found.isOpen ? 'closes' : 'opens'] += 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES / 20);
  });

  it('says which rule turns, and how', () => {
    const conditions = {
      all: [
        {
          fact: 'months-between',
          params: { from: 'survey.closed_on', to: 'today' },
          operator: 'lessThanInclusive',
          value: 24,
        },
      ],
    };
    const rulebook = compiled([rule('R01'), rule('R02', { conditions })]);
    const context = gateContext({ 'people.civil': 2, 'survey.closed_on': '2016-03-20' });
    expect(gateHorizon({ rulebook, gate: GATE, context, waivers: [] })).toEqual({
      gate: GATE,
      isOpen: true,
      turnsOn: '2018-03-21',
      verdict: 'fail',
      because: ['R02'],
      until: '2027-06-01',
    });
  });

  it('is the day on which a fact becomes too old to count', () => {
    const conditions = { all: [{ fact: 'meetings.held', operator: 'greaterThanInclusive', value: 1 }] };
    const rulebook = compiled([rule('R01', { conditions })]);
    const context = gateContext({ 'meetings.held': 3 });
    expect(gateHorizon({ rulebook, gate: GATE, context, waivers: [] })).toMatchObject({
      isOpen: true,
      turnsOn: '2018-03-21',
      verdict: 'unknown',
    });
  });
});

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
