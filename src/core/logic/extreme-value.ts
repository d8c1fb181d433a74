import type { Formula, NumberVariable } from './formula.js';
import { and } from './formula.js';
import type { Interval } from './interval.js';
import { solveFormula } from './solve-formula.js';
import type { Space } from './space.js';

/** That a variable is at least one number and at most another. */
export function within(variable: NumberVariable, { lo, hi }: Interval): Formula {
  const says = (operator: string, value: number) => ({ fact: `#${variable}`, operator, value });
  return and(
    {
      kind: 'atom',
      atom: { kind: 'linear', terms: [[variable, -1]], max: -lo },
      says: says('greaterThanInclusive', lo),
    },
    {
      kind: 'atom',
      atom: { kind: 'linear', terms: [[variable, 1]], max: hi },
      says: says('lessThanInclusive', hi),
    },
  );
}

/**
 * The least or the greatest value within a range that a variable can have so that the formula holds, found by halving
 * the range. Null: none, or none that could be found.
 */
export function extremeValue(
  formula: Formula,
  variable: NumberVariable,
  range: Interval,
  { space, end }: { readonly space: Space; readonly end: 'least' | 'greatest' },
): number | null {
  const find = (lo: number, hi: number): number | null => {
    const answer = solveFormula(and(formula, within(variable, { lo, hi })), space);
    return answer.kind === 'found' ? (answer.assignment.numbers[variable] ?? null) : null;
  };
  const any = range.lo > range.hi ? null : find(range.lo, range.hi);
  if (any === null) return null;
  let [best, limit] = [any, end === 'least' ? range.lo : range.hi];
  while (best !== limit) {
    const middle = Math.floor((best + limit) / 2);
    const better = end === 'least' ? find(limit, middle) : find(middle + 1, limit);
    if (better !== null) best = better;
    else limit = end === 'least' ? middle + 1 : middle;
  }
  return best;
}
