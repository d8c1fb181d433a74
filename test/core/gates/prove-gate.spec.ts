import { describe, expect, it } from '@jest/globals';
import { compileGate } from '../../../src/core/gates/compile-gate.js';
import { proveGate } from '../../../src/core/gates/prove-gate.js';
import type { Rule, Rulebook } from '../../../src/core/gates/rulebook.js';
import { compiled, rule } from './gate-fixtures.js';
import {
  allContexts,
  Dice,
  GATE,
  randomRules,
  SEED,
  smallRealm,
  smallRulebook,
  tell,
} from './small-world.js';

const CASES = 10_000;

const isOpen = (word: string) => word !== 'fail' && word !== 'unknown';

/** A gate of the rulebook that asks only some of its rules. */
function gateOf(rulebook: Rulebook, rules: readonly Rule[]) {
  const gate = { id: GATE, labels: rulebook.labels, rules };
  return compileGate({ ...rulebook, gates: new Map([[GATE, gate]]) }, GATE);
}

/** What is found by going through all facts on all days. */
function bruteForce(rulebook: Rulebook) {
  const rules = [...rulebook.rules.values()];
  const single = rules.map((each) => gateOf(rulebook, [each]));
  // Of a block rule, to let the gate open and to pass are the same.
  const strict = rules.map((each, i) =>
    each.severity === 'block' ? single[i] : gateOf(rulebook, [{ ...each, severity: 'block' }]),
  );
  const seen = new Set<string>();
  for (const context of allContexts([rulebook])) {
    const words = single.map((gate) => gate.word(context, []));
    const lets = words.map(isOpen);
    if (!lets.includes(false)) seen.add('opens');
    if (words.includes('fail')) seen.add('fails');
    rules.forEach(({ id }, i) => {
      const passes = strict[i]?.word(context, []) === 'pass';
      if (!passes && lets.every((each, j) => each || i === j)) seen.add(`${id} matters`);
      if (lets[i]) seen.add(`${id} lets`);
      rules.slice(i + 1).forEach((other, k) => {
        if (lets[i] && lets[i + 1 + k]) seen.add(`${id} and ${other.id}`);
      });
    });
  }
  return seen;
}

describe('what is proved of a gate', () => {
  it('is what going through all facts on all days finds', () => {
    const dice = new Dice(SEED + 4);
    const counts = { shut: 0, neverFails: 0, dead: 0, contradicting: 0 };
    for (let cases = 0; cases < CASES;) {
      const rulebook = smallRulebook(randomRules(dice, 3, 3), 3);
      if (rulebook === null) continue;
      cases += 1;
      const proof = proveGate(rulebook, GATE, smallRealm);
      const seen = bruteForce(rulebook);
      const label = () => `${SEED + 4}, case ${cases}: ${tell(rulebook)} ${[...seen].join()}`;
      const check = (answer: string, what: string) => {
        if (answer !== (seen.has(what) ? 'yes' : 'no')) throw new Error(`${what}: ${answer}; ${label()}`);
      };
      check(proof.canOpen.answer, 'opens');
      check(proof.canFail.answer, 'fails');
      for (const { rule, matters } of proof.rules) check(matters.answer, `${rule} matters`);
      const ids = [...rulebook.rules.keys()];
      const contradictions = ids.flatMap((one, i) =>
        ids.slice(i + 1).flatMap((other) => {
          const each = seen.has(`${one} lets`) && seen.has(`${other} lets`);
          return each && !seen.has(`${one} and ${other}`) ? [`${one} ${other}`] : [];
        }),
      );
      const found = proof.contradictions.map((pair) => pair.join(' '));
      if (found.join() !== contradictions.join()) throw new Error(`${found.join()}; ${label()}`);
      if (proof.undecidedPairs.length > 0) throw new Error(label());
      if (!seen.has('opens')) counts.shut += 1;
      if (!seen.has('fails')) counts.neverFails += 1;
      if (proof.rules.some(({ matters }) => matters.answer === 'no')) counts.dead += 1;
      if (contradictions.length > 0) counts.contradicting += 1;
    }
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(CASES / 100);
  });
});

const from = { from: 'survey.opened_on', to: 'survey.closed_on' };
const leaf = (fact: string, operator: string, value: unknown, params?: unknown) =>
  params === undefined ? { fact, operator, value } : { fact, operator, value, params };
const all = (...parts: unknown[]) => ({ conditions: { all: parts } });

const realm = { calendar: smallRealm.calendar, neighbourCalendars: [] };

describe('a gate', () => {
  it.each([
    [
      'a circle of dates',
      [
        leaf('survey.opened_on', 'lessThan', { fact: 'survey.closed_on' }),
        leaf('survey.closed_on', 'lessThan', { fact: 'survey.opened_on' }),
      ],
    ],
    [
      'more months than days',
      [leaf('months-between', 'greaterThan', 3, from), leaf('days-between', 'lessThan', 85, from)],
    ],
    [
      'more working days than days',
      [
        leaf('working-days-between', 'greaterThan', 10, { ...from, calendar: 'own' }),
        leaf('days-between', 'lessThanInclusive', 10, from),
      ],
    ],
    [
      'shares of more than all',
      [
        leaf('share', 'greaterThan', 50, {
          of: 'people.civil',
          in: ['people.civil', 'people.business'],
        }),
        leaf('people.business', 'greaterThan', { fact: 'people.civil' }),
      ],
    ],
    [
      'a mean above both of its numbers',
      [
        leaf('score.mean', 'greaterThan', { fact: 'score.one' }),
        leaf('score.mean', 'greaterThan', { fact: 'score.two' }),
      ],
    ],
    [
      'a circle of decimals',
      [
        leaf('score.one', 'lessThan', { fact: 'score.two' }),
        leaf('score.two', 'lessThanInclusive', { fact: 'score.one' }),
      ],
    ],
  ])('with %s is proved to be shut for ever', (_name, leaves) => {
    const rulebook = compiled([rule('R01', all(...leaves))]);
    expect(proveGate(rulebook, GATE, realm).canOpen).toEqual({ answer: 'no' });
  });

  it('that can open and fail comes with facts for both', () => {
    const rulebook = compiled([
      rule(
        'R01',
        all(leaf('months-between', 'lessThanInclusive', 24, { from: 'survey.closed_on', to: 'today' })),
      ),
      rule('R02', all(leaf('score.mean', 'greaterThan', 40), leaf('score.one', 'lessThan', 30))),
    ]);
    expect(proveGate(rulebook, GATE, realm)).toMatchObject({
      canOpen: { answer: 'yes' },
      canFail: { answer: 'yes' },
      contradictions: [],
    });
  });

  it('has a dead rule if the others imply it', () => {
    const rulebook = compiled([
      rule('R01', all(leaf('people.civil', 'greaterThan', 4))),
      rule('R02', all(leaf('sum', 'greaterThan', 4, { of: ['people.civil', 'people.business'] }))),
    ]);
    const { rules } = proveGate(rulebook, GATE, realm);
    expect(rules.map(({ matters }) => matters.answer)).toEqual(['yes', 'no']);
  });

  it('is not judged where a comparison can only be evaluated, unless an example is found', () => {
    const share = leaf(
      'share',
      'greaterThan',
      { fact: 'score.one' },
      { of: 'people.civil', in: ['people.business'] },
    );
    const rulebook = compiled([
      rule('R01', all(share, leaf('people.civil', 'equal', 0), leaf('people.business', 'greaterThan', 3))),
    ]);
    expect(proveGate(rulebook, GATE, realm).canOpen).toEqual({
      answer: 'undecided',
      because: 'opaque-comparison',
    });
  });
});
