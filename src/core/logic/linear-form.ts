import type { Atom, Formula, NumberVariable, Saying } from './formula.js';
import { NEVER, ALWAYS } from './formula.js';
import { compareRational, floorOf, greatestDivisor, minus, ONE, plus, times, ZERO } from './rational.js';
import type { Rational } from './rational.js';

/** A sum of variables, each with a factor, and a constant. */
export interface LinearForm {
  readonly factors: ReadonlyMap<NumberVariable, Rational>;
  readonly constant: Rational;
}

/** Sums beyond this are no longer exact in ordinary numbers, nor is what the evaluation rounds. */
export const MAGNITUDE_MAX = 1e12;

export function constantForm(value: Rational): LinearForm {
  return { factors: new Map(), constant: value };
}

/** A variable whose steps are `step` wide. */
export function variableForm(variable: NumberVariable, step: Rational = ONE): LinearForm {
  return { factors: new Map([[variable, step]]), constant: ZERO };
}

/** `one` plus `factor` times `other`. */
export function combined(one: LinearForm, other: LinearForm, factor: Rational): LinearForm {
  const factors = new Map(one.factors);
  for (const [variable, each] of other.factors) {
    const sum = plus(factors.get(variable) ?? ZERO, times(each, factor));
    if (sum.numerator === 0n) factors.delete(variable);
    else factors.set(variable, sum);
  }
  return { factors, constant: plus(one.constant, times(other.constant, factor)) };
}

/** The sum of forms, each times `factor`. */
export function sumOf(forms: readonly LinearForm[], factor: Rational = ONE): LinearForm {
  return forms.reduce((total, form) => combined(total, form, factor), constantForm(ZERO));
}

/**
 * That a form is not above 0, or is below it: an atom over whole numbers, or what it always is. Null: its numbers are
 * too large to be exact.
 */
export function atMostZero(form: LinearForm, isStrict: boolean, says: Saying): Formula | null {
  const { factors, constant } = form;
  if (factors.size === 0) {
    const sign = compareRational(constant, ZERO);
    return sign < 0 || (sign === 0 && !isStrict) ? ALWAYS : NEVER;
  }
  const denominators = [...factors.values()].map(({ denominator }) => denominator);
  const scale = denominators.reduce((all, each) => (all * each) / greatestDivisor(all, each), 1n);
  const whole = [...factors].map(([variable, { numerator, denominator }]): [number, bigint] => [
    variable,
    (numerator * scale) / denominator,
  ]);
  const divisor = whole.reduce((all, [, factor]) => greatestDivisor(all, factor), 0n);
  const limit = minus(ZERO, times(constant, { numerator: scale, denominator: divisor }));
  const most = floorOf(limit);
  const isMet = isStrict && most * limit.denominator === limit.numerator;
  const max = Number(isMet ? most - 1n : most);
  const terms = whole.map(([variable, factor]): [number, number] => [variable, Number(factor / divisor)]);
  const isExact =
    Math.abs(max) < MAGNITUDE_MAX * MAGNITUDE_FACTOR &&
    terms.every(([, factor]) => Math.abs(factor) < MAGNITUDE_MAX);
  const atom: Atom = { kind: 'linear', terms, max };
  return isExact ? { kind: 'atom', atom, says } : null;
}

/** Sums of scaled numbers may be larger than the numbers, and are still exact. */
const MAGNITUDE_FACTOR = 1_000;
