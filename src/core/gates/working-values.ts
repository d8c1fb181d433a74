import type { FactType } from '../facts/fact-type.js';
import type { FactValue } from '../facts/fact-value.js';
import { extremeValue } from '../logic/extreme-value.js';
import { opposite } from '../logic/opposite.js';
import { intervalOf, rangeOf, scalarOf, stepsOf, works, type FactProblem } from './nearest-value.js';

/** The values of a fact that work, around the one that is proposed, if the other changes are made as proposed. */
export type WorkingValues =
  /** Null: there is no limit but that of the type. A date is `YYYY-MM-DD`. */
  | { readonly atLeast: number | string | null; readonly atMost: number | string | null }
  | { readonly oneOf: readonly (string | boolean)[] };

/** All values around the chosen one with which the formula of the problem holds; only this fact is free in it. */
export function workingValues(
  fact: string,
  type: FactType,
  chosen: FactValue,
  problem: FactProblem,
): WorkingValues {
  const { formula, space, universe } = problem;
  const word = space.wordNamed(fact);
  if (word !== null) {
    return { oneOf: (space.words[word]?.words ?? []).filter((each) => works(each, word, problem)) };
  }
  const variable = space.numberNamed(fact);
  if (variable === null) return { atLeast: null, atMost: null };
  const steps = stepsOf(type, universe);
  const [range, { lo: at }] = [rangeOf(variable, space), intervalOf(chosen, steps)];
  const closed = opposite(formula, space);
  const below = extremeValue(closed, variable, { lo: range.lo, hi: at - 1 }, { space, end: 'greatest' });
  const above = extremeValue(closed, variable, { lo: at + 1, hi: range.hi }, { space, end: 'least' });
  const shown = (value: number) => scalarOf(type, value, steps);
  return {
    atLeast: below === null ? null : shown(below + 1),
    atMost: above === null ? null : shown(above - 1),
  };
}
