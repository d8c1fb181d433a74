import { fromDayNumber } from '../calendar/calendar-date.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactType } from '../facts/fact-type.js';
import type { FactScalar, FactValue } from '../facts/fact-value.js';
import { extremeValue } from '../logic/extreme-value.js';
import { spanOf } from '../logic/fact-frame.js';
import { and, type Formula, type NumberVariable } from '../logic/formula.js';
import { exactly, type Interval } from '../logic/interval.js';
import { solveFormula } from '../logic/solve-formula.js';
import type { Space } from '../logic/space.js';
import { wordAtom } from '../logic/word-atoms.js';
import type { Universe } from '../logic/universe.js';
import type { GateContext } from './evaluate-gate.js';

/** A question about what the facts that are free must be. */
export interface FactProblem {
  readonly formula: Formula;
  readonly space: Space;
  readonly universe: Universe;
}

/**
 * The value of a free fact with which the formula holds, nearest to what is recorded; of a number that is not recorded,
 * the one where it begins to hold, of a date the one nearest to today. Null: none, or none that could be found.
 */
export function nearestValue(
  fact: string,
  problem: FactProblem,
  { catalogue, context }: { readonly catalogue: FactCatalogue; readonly context: GateContext },
): FactScalar | null {
  const { space } = problem;
  const [type, recorded] = [catalogue.get(fact)?.type, context.facts.get(fact)];
  const variable = space.numberNamed(fact);
  if (type === undefined) return null;
  if (variable === null) return nearestWord(fact, type, recorded?.value ?? null, problem);
  const steps = stepsOf(type, problem.universe);
  const isOnset = recorded === undefined && type.kind !== 'date';
  const around = recorded === undefined ? exactly(problem.universe.nearDay) : intervalOf(recorded, steps);
  const number = isOnset ? onset(variable, problem) : nearestNumber(variable, around, problem);
  return number === null ? null : scalarOf(type, number, steps);
}

function nearestNumber(
  variable: NumberVariable,
  around: Interval,
  { formula, space }: FactProblem,
): number | null {
  const range = rangeOf(variable, space);
  const inside = { lo: Math.max(around.lo, range.lo), hi: Math.min(around.hi, range.hi) };
  const find = (part: Interval, end: 'least' | 'greatest') =>
    part.lo > part.hi ? null : extremeValue(formula, variable, part, { space, end });
  const within = find(inside, 'least');
  if (within !== null) return within;
  const below = find({ lo: range.lo, hi: around.lo - 1 }, 'greatest');
  const above = find({ lo: around.hi + 1, hi: range.hi }, 'least');
  if (below === null || above === null) return below ?? above;
  return around.lo - below < above - around.hi ? below : above;
}

/** The first value that works if smaller ones do not, else the last one, else one that is near at hand. */
function onset(variable: NumberVariable, { formula, space, universe }: FactProblem): number | null {
  const range = rangeOf(variable, space);
  const least = extremeValue(formula, variable, range, { space, end: 'least' });
  if (least === null || least > range.lo) return least;
  const most = extremeValue(formula, variable, range, { space, end: 'greatest' });
  if (most === null || most < range.hi) return most;
  const hint = space.numbers[variable]?.hint ?? universe.nearDay;
  return nearestNumber(variable, { lo: hint, hi: hint }, { formula, space, universe });
}

function nearestWord(
  fact: string,
  type: FactType,
  recorded: FactScalar | null,
  { formula, space, universe }: FactProblem,
): FactScalar | null {
  const variable = space.wordNamed(fact);
  if (variable === null) {
    // No comparison asks for its value, only whether there is one.
    if (recorded !== null) return recorded;
    if (type.kind === 'boolean') return true;
    if (type.kind === 'date') return fromDayNumber(universe.nearDay);
    if (type.kind === 'enum') return type.values[0] ?? null;
    return type.kind === 'text' ? (universe.texts.at(-1) ?? null) : Math.min(type.max, Math.max(type.min, 0));
  }
  const words = space.words[variable]?.words ?? [];
  const order = words.toSorted((a, b) => Number(b === recorded) - Number(a === recorded));
  return order.find((word) => works(word, variable, { formula, space, universe })) ?? null;
}

/** Whether the formula can hold with this word. */
export function works(word: string | boolean, variable: number, { formula, space }: FactProblem): boolean {
  const isWord = wordAtom(space, variable, (each) => each === word, {
    fact: '',
    operator: 'equal',
    value: word,
  });
  return solveFormula(and(formula, isWord), space).kind === 'found';
}

/** All that the variable can be. */
export function rangeOf(variable: NumberVariable, space: Space): Interval {
  return space.numbers[variable]?.range ?? { lo: 0, hi: 0 };
}

/** How many steps of its variable one unit of a fact has. */
export function stepsOf(type: FactType, universe: Universe): number {
  return type.kind === 'decimal' ? 10 ** universe.decimalPlaces : 1;
}

/** A recorded number or date, in steps. */
export function intervalOf(fact: FactValue, steps: number): Interval {
  if (typeof fact.value !== 'number') return spanOf(fact);
  return exactly(Math.round(fact.value * steps));
}

/** A number of steps as a value of the type. */
export function scalarOf(type: FactType, value: number, steps: number): number | string {
  return type.kind === 'date' ? fromDayNumber(value) : value / steps;
}
