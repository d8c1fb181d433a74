import { describe, expect, it } from '@jest/globals';
import { compareRulebooks } from '../../../src/core/gates/compare-rulebooks.js';
import { compileGate } from '../../../src/core/gates/compile-gate.js';
import type { Rulebook } from '../../../src/core/gates/rulebook.js';
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

type Json = Readonly<Record<string, unknown>>;

const isOpen = (word: string) => word !== 'fail' && word !== 'unknown';

const OPPOSITES: Readonly<Record<string, string>> = {
  lessThan: 'greaterThanInclusive',
  greaterThanInclusive: 'lessThan',
  greaterThan: 'lessThanInclusive',
  lessThanInclusive: 'greaterThan',
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
};

/** The same condition written in another way: parts in another order, doubled, negated twice, by De Morgan. */
function rewritten(dice: Dice, json: Json): Json {
  const [key = ''] = Object.keys(json);
  if (key === 'all' || key === 'any') {
    const parts = (json[key] as Json[]).map((part) => rewritten(dice, part));
    const doubled = dice.chance(0.2) ? [...parts, ...parts.slice(0, 1)] : parts;
    const order = dice.some(doubled, doubled.length, doubled.length);
    if (!dice.chance(0.3)) return { [key]: order };
    return { not: { [key === 'all' ? 'any' : 'all']: order.map((part) => ({ not: part })) } };
  }
  if (key === 'not') return { not: rewritten(dice, json['not'] as Json) };
  const opposite = OPPOSITES[String(json['operator'])];
  return opposite !== undefined && dice.chance(0.3) ? { not: { ...json, operator: opposite } } : json;
}

/** The condition with one comparison changed: its operator, or its constant. */
function mutated(dice: Dice, json: Json): Json {
  const [key = ''] = Object.keys(json);
  if (key === 'all' || key === 'any') {
    const parts = json[key] as Json[];
    const at = dice.upTo(parts.length);
    return { [key]: parts.map((part, i) => (i === at ? mutated(dice, part) : part)) };
  }
  if (key === 'not') return { not: mutated(dice, json['not'] as Json) };
  const { value } = json;
  if (typeof value === 'number' && dice.chance(0.6))
    return { ...json, value: value + (dice.chance(0.5) ? 1 : -1) };
  const opposite = OPPOSITES[String(json['operator'])];
  return opposite === undefined ? json : { ...json, operator: opposite };
}

/** Whether some facts pass the one and not the other, by going through all of them. */
function bruteForce(before: Rulebook, after: Rulebook): { refused: boolean; admitted: boolean } {
  const [one, other] = [compileGate(before, GATE), compileGate(after, GATE)];
  const found = { refused: false, admitted: false };
  for (const context of allContexts([before, after])) {
    const [was, is] = [isOpen(one.word(context, [])), isOpen(other.word(context, []))];
    if (was && !is) found.refused = true;
    if (is && !was) found.admitted = true;
    if (found.refused && found.admitted) break;
  }
  return found;
}

describe('the comparison of two rulebooks', () => {
  it('says what going through all facts says, with facts that really differ', () => {
    const dice = new Dice(SEED + 5);
    const seen = { equal: 0, refused: 0, admitted: 0 };
    for (let cases = 0; cases < CASES;) {
      const rules = randomRules(dice, 3, 2);
      const at = dice.upTo(rules.length);
      const change = dice.pick([rewritten, mutated, mutated]);
      const changed = rules.map((each, i) => {
        if (dice.chance(0.03) && each['severity'] === 'block') return { ...each, severity: 'warn' };
        return i === at ? { ...each, conditions: change(dice, each['conditions'] as Json) } : each;
      });
      const [before, after] = [smallRulebook(rules, 3), smallRulebook(changed, 3)];
      if (before === null || after === null) continue;
      cases += 1;
      const [gate] = compareRulebooks(before, after, smallRealm).gates;
      const expected = bruteForce(before, after);
      const label = () => `${SEED + 5}, case ${cases}: ${tell(before, after)} ${JSON.stringify(gate)}`;
      const found = { refused: gate?.refused.length !== 0, admitted: gate?.admitted.length !== 0 };
      if (found.refused !== expected.refused || found.admitted !== expected.admitted)
        throw new Error(label());
      const isEqual = !expected.refused && !expected.admitted;
      if (gate === undefined || (gate.state === 'equal') !== isEqual) throw new Error(label());
      if (change === rewritten && isEqual) seen.equal += 1;
      if (expected.refused) seen.refused += 1;
      if (expected.admitted) seen.admitted += 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES / 10);
  });
});

const realm = { calendar: smallRealm.calendar, neighbourCalendars: [] };

function asks(...parts: unknown[]): Rulebook {
  return compiled([rule('R01', { conditions: { all: parts } })]);
}

const civil = (operator: string, value: number) => ({ fact: 'people.civil', operator, value });

describe('a region in which two versions differ', () => {
  it('is as wide as the difference, and says no more than it must', () => {
    const before = asks(civil('greaterThanInclusive', 2), civil('lessThan', 50));
    const after = asks(civil('greaterThanInclusive', 5), civil('lessThan', 60));
    const [change] = compareRulebooks(before, after, realm).rules;
    if (change === undefined) throw new Error('nothing is compared');
    const regions = (list: typeof change.refused) =>
      list.map(({ conditions }) => conditions.map(({ operator, value }) => `${operator} ${String(value)}`));
    expect(change).toMatchObject({ id: 'R01', state: 'changed', isCut: false });
    expect(regions(change.refused)).toEqual([['greaterThanInclusive 2', 'lessThan 5']]);
    expect(regions(change.admitted)).toEqual([['lessThan 60', 'greaterThanInclusive 50']]);
  });

  it('is described with the class of a region where only one class is concerned', () => {
    const withLimit = (advanced: number) =>
      compiled([
        rule('R01', {
          parameters: {
            least: { by: 'region.class', values: { advanced, convergence: 2 }, otherwise: 1, unit: 'people' },
          },
          conditions: {
            all: [civil('greaterThanInclusive', 0)].map((each) => ({
              ...each,
              value: { fact: 'parameter', params: { name: 'least' } },
            })),
          },
        }),
      ]);
    const [change] = compareRulebooks(withLimit(3), withLimit(6), realm).gates;
    expect(change?.admitted).toEqual([]);
    expect(change?.refused).toMatchObject([
      {
        conditions: [
          { fact: 'people.civil', operator: 'greaterThanInclusive', value: 3 },
          { fact: 'people.civil', operator: 'lessThan', value: 6 },
          { fact: 'region.class', operator: 'equal', value: 'advanced' },
        ],
      },
    ]);
  });

  it('is not there between a version and itself, whatever is compared in it', () => {
    const one = asks(
      { fact: 'score.mean', operator: 'greaterThan', value: 40.5 },
      {
        any: [
          {
            fact: 'months-between',
            params: { from: 'survey.closed_on', to: 'today' },
            operator: 'lessThan',
            value: 9,
          },
          {
            fact: 'share',
            params: { of: 'people.civil', in: ['people.civil', 'people.business'] },
            operator: 'lessThan',
            value: 33.3,
          },
        ],
      },
    );
    expect(compareRulebooks(one, one, realm)).toMatchObject({
      gates: [{ state: 'equal', isCut: false }],
      rules: [{ state: 'equal', isCut: false }],
    });
  });

  it('is not described for what only one of them has', () => {
    const one = compiled([rule('R01')]);
    const two = compiled([rule('R01'), rule('R02')]);
    expect(compareRulebooks(one, two, realm).rules).toMatchObject([
      { state: 'equal' },
      { id: 'R02', state: 'added' },
    ]);
    expect(compareRulebooks(two, one, realm).rules).toMatchObject([{}, { id: 'R02', state: 'removed' }]);
  });

  it('is one of at most as many as were asked for', () => {
    const not = (value: number) => ({ fact: 'people.civil', operator: 'notEqual', value });
    const [few] = compareRulebooks(asks(not(1)), asks(not(1), not(3), not(5), not(7)), realm, 2).gates;
    expect(few).toMatchObject({ state: 'changed', isCut: true, refused: [{}, {}] });
  });
});
