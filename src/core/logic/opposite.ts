import { ALWAYS, and, NEVER, or, type Atom, type Formula, type Saying } from './formula.js';
import type { Space } from './space.js';

const OPPOSITE_OPERATORS: ReadonlyMap<string, string> = new Map(
  [
    ['equal', 'notEqual'],
    ['lessThan', 'greaterThanInclusive'],
    ['greaterThan', 'lessThanInclusive'],
    ['in', 'notIn'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

/**
 * The formula that holds just where this one does not. It speaks of the variables: a fact that is vague or missing is
 * no variable, so of such a case it says that the formula does not hold, not that the opposite is known.
 */
export function opposite(formula: Formula, space: Space): Formula {
  switch (formula.kind) {
    case 'always':
      return NEVER;
    case 'never':
      return ALWAYS;
    case 'and':
      return or(...formula.of.map((part) => opposite(part, space)));
    case 'or':
      return and(...formula.of.map((part) => opposite(part, space)));
    case 'atom':
      return { kind: 'atom', atom: oppositeAtom(formula.atom, space), says: oppositeSaying(formula.says) };
  }
}

function oppositeAtom(atom: Atom, space: Space): Atom {
  switch (atom.kind) {
    case 'linear':
      return {
        kind: 'linear',
        terms: atom.terms.map(([variable, coefficient]) => [variable, -coefficient]),
        max: -atom.max - 1,
      };
    case 'word': {
      const all = (1n << BigInt(space.words[atom.variable]?.words.length ?? 0)) - 1n;
      return { ...atom, allowed: all & ~atom.allowed };
    }
    case 'same':
      return { ...atom, isSame: !atom.isSame };
    case 'opaque':
      return { ...atom, holds: !atom.holds };
  }
}

/** The comparison that says the opposite. */
export function oppositeSaying(says: Saying): Saying {
  return { ...says, operator: OPPOSITE_OPERATORS.get(says.operator) ?? `not ${says.operator}` };
}
