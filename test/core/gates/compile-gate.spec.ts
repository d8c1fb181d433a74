import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileGate } from '../../../src/core/gates/compile-gate.js';
import { evaluateGate } from '../../../src/core/gates/evaluate-gate.js';
import { day, neighbourCalendar } from '../logic/logic-fixtures.js';
import { compiled, GATE, gateContext, rule } from './gate-fixtures.js';
import { rulebooks } from './random-rulebooks.js';
import { allFacts, someFacts } from './random-rules.js';

/** Fixed, so that a failure is the same failure tomorrow; fast-check prints it with the counterexample. */
const SEED = 20170320;
const RUNS = 10_000;

const waivers = fc.constantFrom(
  [],
  [],
  [{ id: 'w1', rule: 'R01', endsOn: day('2017-06-01') }],
  [
    { id: 'w1', rule: 'R01', endsOn: day('2017-05-31') },
    { id: 'w2', rule: 'R02', endsOn: day('2018-01-01') },
  ],
);

describe('a compiled gate', () => {
  it('answers as the plain evaluation does, with every reason, and alone', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        rulebooks,
        fc.oneof(allFacts, someFacts),
        fc.constantFrom([], [neighbourCalendar]),
        waivers,
        (rulebook, facts, neighbourCalendars, waivers) => {
          const context = gateContext({}, { facts, neighbourCalendars });
          const expected = evaluateGate({ rulebook, gate: GATE, context, waivers });
          const gate = compileGate(rulebook, GATE);
          if (gate.word(context, waivers) !== expected.verdict) throw new Error(expected.verdict);
          expect(gate.verdict(context, waivers)).toEqual(expected);
          seen.add(expected.verdict);
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
    expect([...seen].toSorted()).toEqual(['conditional', 'fail', 'pass', 'unknown', 'waived']);
  });

  it('may be asked about one region after another', () => {
    const gate = compileGate(compiled([rule('R01')]), GATE);
    const words = [1, 2, undefined, 2].map((people) =>
      gate.word(gateContext(people === undefined ? {} : { 'people.civil': people }), []),
    );
    expect(words).toEqual(['fail', 'pass', 'unknown', 'pass']);
  });

  it('refuses a gate that the rulebook does not have', () => {
    expect(() => compileGate(compiled([rule('R01')]), 'no_such.gate')).toThrow('definition.invalid');
  });
});
