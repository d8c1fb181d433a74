import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { dateSpan } from '../../../src/core/calendar/date-span.js';
import type { Facts } from '../../../src/core/facts/fact-value.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { evaluateGate, type GateContext } from '../../../src/core/gates/evaluate-gate.js';
import { secondOpinion } from '../../../src/core/gates/second-opinion.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
import { leavesOf } from '../../../src/core/logic/condition.js';
import { parseCondition } from '../../../src/core/logic/parse-condition.js';
import { catalogue, day, neighbourCalendar } from '../logic/logic-fixtures.js';
import { definition, GATE, gateContext, rule } from './gate-fixtures.js';
import { allFacts, conditions, parameters, someFacts } from './random-rules.js';

/** Fixed, so that a failure is the same failure tomorrow; fast-check prints it with the counterexample. */
const SEED = 20170320;
const RUNS = 2500;
const DIFFERENTIAL_RUNS = 10_000;

const scope = {
  catalogue,
  parameters: new Map<string, (number | string)[]>([
    ['people_min', [4, 3, 2]],
    ['closed_by', ['2017-03-20']],
  ]),
};

/** Conditions that the parser takes, in a rulebook with one rule. */
const rulebooks = conditions
  .filter((json) => 'condition' in parseCondition(json, scope))
  .map((json): Rulebook => {
    const parsed = parseCondition(json, scope);
    const leaves = 'condition' in parsed ? leavesOf(parsed.condition) : [];
    const used = leaves.flatMap(({ right }) => (right.kind === 'parameter' ? [right.name] : []));
    const own = Object.fromEntries(Object.entries(parameters).filter(([name]) => used.includes(name)));
    const rules = [rule('R01', { conditions: json, parameters: own })];
    const compiled = compileRulebook(definition(rules), catalogue, 'a-hash');
    if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
    return compiled.rulebook;
  });

const neighbours = fc.constantFrom([], [neighbourCalendar]);

function resultOf(rulebook: Rulebook, context: GateContext) {
  return evaluateGate({ rulebook, gate: GATE, context, waivers: [] }).rules[0]?.condition;
}

/** The same facts with every vague date replaced by one of the days that it may stand for. */
function sharpened(facts: Facts, where: number): Facts {
  return new Map(
    [...facts].map(([name, fact]) => {
      if (fact.precision === null) return [name, fact];
      const { earliest, latest } = dateSpan(day(String(fact.value)), fact.precision);
      const [first, last] = [toDayNumber(earliest), toDayNumber(latest)];
      const value = fromDayNumber(first + Math.round((last - first) * where));
      return [name, { ...fact, value, precision: 'day' as const }];
    }),
  );
}

describe('the two evaluators', () => {
  it('say the same of every condition and all facts, missing and vague ones included', async () => {
    const seen = { pass: 0, fail: 0, unknown: 0 };
    await fc.assert(
      fc.asyncProperty(rulebooks, someFacts, neighbours, async (rulebook, facts, neighbourCalendars) => {
        const context = gateContext({}, { facts, neighbourCalendars });
        const first = resultOf(rulebook, context);
        const truth = (await secondOpinion({ rulebook, gate: GATE, context })).get('R01');
        expect(truth === true ? 'pass' : truth === false ? 'fail' : 'unknown').toBe(first);
        if (first !== undefined) seen[first] += 1;
      }),
      { seed: SEED, numRuns: DIFFERENTIAL_RUNS },
    );
    // The comparison would be worth little if nearly everything were unknown.
    expect(Math.min(seen.pass, seen.fail, seen.unknown)).toBeGreaterThan(DIFFERENTIAL_RUNS / 10);
  });
});

describe('a definite answer', () => {
  it('is never overturned by a fact that comes later', () => {
    fc.assert(
      fc.property(rulebooks, allFacts, fc.array(fc.nat()), (rulebook, facts, dropped) => {
        const names = [...facts.keys()];
        const without = new Set(dropped.map((index) => names[index % names.length]));
        const known = new Map([...facts].filter(([name]) => !without.has(name)));
        const before = resultOf(rulebook, gateContext({}, { facts: known }));
        const after = resultOf(rulebook, gateContext({}, { facts }));
        expect(before === 'unknown' ? after : before).toBe(after);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('is never overturned by learning a vague date to the day', () => {
    fc.assert(
      fc.property(rulebooks, someFacts, fc.constantFrom(0, 0.5, 1), (rulebook, facts, where) => {
        const before = resultOf(rulebook, gateContext({}, { facts }));
        const after = resultOf(rulebook, gateContext({}, { facts: sharpened(facts, where) }));
        expect(before === 'unknown' ? after : before).toBe(after);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('waits for nothing, and an unknown one for something that is really not known', () => {
    fc.assert(
      fc.property(rulebooks, someFacts, (rulebook, facts) => {
        const { rules } = evaluateGate({
          rulebook,
          gate: GATE,
          context: gateContext({}, { facts }),
          waivers: [],
        });
        for (const { condition, missing } of rules) {
          expect(missing.length > 0).toBe(condition === 'unknown');
          for (const { fact, reason } of missing) expect(facts.has(fact)).toBe(reason === 'imprecise');
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
