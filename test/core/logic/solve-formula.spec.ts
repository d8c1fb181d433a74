import { describe, expect, it } from '@jest/globals';
import { and, or, type Atom, type Formula } from '../../../src/core/logic/formula.js';
import { opposite } from '../../../src/core/logic/opposite.js';
import { compareRational, fromNumber } from '../../../src/core/logic/rational.js';
import { linearPoint } from '../../../src/core/logic/simplex.js';
import { holds } from '../../../src/core/logic/choose-values.js';
import { solveFormula } from '../../../src/core/logic/solve-formula.js';
import { Space, type Assignment } from '../../../src/core/logic/space.js';
import { Dice, SEED } from '../gates/small-world.js';

const CASES = 10_000;
const NUMBERS = 3;
const VALUES = 5;
const WORDS = ['one', 'two', 'three'];

const says = { fact: '', operator: '', value: '' };

function smallSpace(): Space {
  const space = new Space();
  for (let i = 0; i < NUMBERS; i += 1) {
    space.number(`number.${i}`, () => ({ range: { lo: 0, hi: VALUES - 1 }, hint: 2 }));
  }
  for (const name of ['word.0', 'word.1']) space.word(name, () => ({ words: WORDS, hint: null }));
  return space;
}

function atom(dice: Dice): Atom {
  switch (dice.upTo(5)) {
    case 0:
      return { kind: 'word', variable: dice.upTo(2), allowed: BigInt(1 + dice.upTo(6)) };
    case 1:
      return { kind: 'same', one: 0, other: 1, isSame: dice.chance(0.5) };
    default: {
      const variables = dice.some([0, 1, 2], 1, NUMBERS);
      const terms = variables.map((each): [number, number] => [each, dice.pick([-3, -2, -1, 1, 2, 3])]);
      return { kind: 'linear', terms, max: dice.upTo(17) - 8 };
    }
  }
}

function formula(dice: Dice, depth: number): Formula {
  if (depth === 0 || dice.chance(0.3)) return { kind: 'atom', atom: atom(dice), says };
  const parts = Array.from({ length: 2 + dice.upTo(4) }, () => formula(dice, depth - 1));
  return dice.chance(0.6) ? and(...parts) : or(...parts);
}

function isTrue(formula: Formula, assignment: Assignment, space: Space): boolean {
  switch (formula.kind) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'atom':
      return holds(formula.atom, assignment, space);
    case 'and':
      return formula.of.every((part) => isTrue(part, assignment, space));
    case 'or':
      return formula.of.some((part) => isTrue(part, assignment, space));
  }
}

function* assignments(): Generator<Assignment> {
  const all = VALUES ** NUMBERS * WORDS.length ** 2;
  for (let i = 0; i < all; i += 1) {
    const digit = (base: number, place: number) => Math.floor(i / place) % base;
    const numbers = [0, 1, 2].map((n) => digit(VALUES, VALUES ** n));
    const words = [0, 1].map((n) => digit(3, VALUES ** NUMBERS * 3 ** n));
    yield { numbers, words };
  }
}

describe('the solver', () => {
  it('finds values just where going through all of them does', () => {
    const dice = new Dice(SEED);
    const space = smallSpace();
    const every = [...assignments()];
    const seen = { found: 0, none: 0 };
    for (let cases = 0; cases < CASES; cases += 1) {
      const asked = formula(dice, 3);
      const answer = solveFormula(asked, space);
      const label = () => `${SEED}, case ${cases}: ${answer.kind} ${describeFormula(asked)}`;
      if (answer.kind === 'undecided') throw new Error(label());
      if (answer.kind === 'found' && !isTrue(asked, answer.assignment, space)) throw new Error(label());
      if (answer.kind === 'none' && every.some((each) => isTrue(asked, each, space)))
        throw new Error(label());
      seen[answer.kind] += 1;
      const [first] = every;
      if (
        first !== undefined &&
        isTrue(opposite(asked, space), first, space) === isTrue(asked, first, space)
      ) {
        throw new Error(`not opposite: ${label()}`);
      }
    }
    expect(Math.min(seen.found, seen.none)).toBeGreaterThan(CASES / 20);
  });

  it('proves over ranges that nobody can go through', () => {
    const space = new Space();
    const range = { lo: 0, hi: 1e9 };
    const [a, b, c] = ['a.a', 'b.b', 'c.c'].map((name) => space.number(name, () => ({ range, hint: 0 })));
    const below = (one = 0, other = 0, by: number): Formula => ({
      kind: 'atom',
      says,
      atom: {
        kind: 'linear',
        terms: [
          [one, 1],
          [other, -1],
        ],
        max: -by,
      },
    });
    expect(solveFormula(and(below(a, b, 1), below(b, c, 1), below(c, a, 0)), space).kind).toBe('none');
    expect(solveFormula(and(below(a, b, 1), below(b, c, 1), below(a, c, 7)), space).kind).toBe('found');
  });
});

function describeFormula(formula: Formula): string {
  return JSON.stringify(formula, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

describe('linear arithmetic', () => {
  it('finds fractions where there are no whole numbers, and nothing where there is nothing', () => {
    const ranges = [
      { lo: 0, hi: 10 },
      { lo: 0, hi: 10 },
    ];
    const half = linearPoint(
      [
        { terms: [[0, 2]], max: 1 },
        { terms: [[0, -2]], max: -1 },
      ],
      ranges,
    );
    expect(half).toMatchObject([{ numerator: 1n, denominator: 2n }, {}]);
    expect(
      linearPoint(
        [
          {
            terms: [
              [0, 1],
              [1, 1],
            ],
            max: 3,
          },
          {
            terms: [
              [0, -1],
              [1, -1],
            ],
            max: -4,
          },
        ],
        ranges,
      ),
    ).toBe('none');
  });

  it('reads numbers as they are typed', () => {
    expect(compareRational(fromNumber(0.1), { numerator: 1n, denominator: 10n })).toBe(0);
    expect(compareRational(fromNumber(1e-7), fromNumber(0.0000001))).toBe(0);
    expect(compareRational(fromNumber(-2.5), { numerator: -5n, denominator: 2n })).toBe(0);
  });
});
