import type { LinearTerms } from './formula.js';
import type { Interval } from './interval.js';
import {
  compareRational,
  fromNumber,
  inverse,
  minus,
  negated,
  ONE,
  plus,
  times,
  ZERO,
  type Rational,
} from './rational.js';

/** A row: the sum of the terms is not above `max`. */
export interface LinearRow {
  readonly terms: LinearTerms;
  readonly max: number;
}

/** After so many pivots nobody waits any longer; Bland's rule ends long before on what rulebooks ask. */
const PIVOTS_MAX = 2_000;

/**
 * Fractions within the ranges that satisfy all rows, one per variable; `none` if there are none, which also proves
 * that there are no whole numbers; `tired` if that took too long to find out. Exact: there is no rounding.
 *
 * The method is the simplex method for feasibility with bounds: every row has a variable of its own that stands for
 * its sum; as long as one of them is out of bounds it is exchanged for one that can move. Taking the first that fits,
 * on both sides, it never goes in circles.
 *
 * Source: B. Dutertre, L. de Moura, A Fast Linear-Arithmetic Solver for DPLL(T), CAV 2006, section 3.
 */
export function linearPoint(
  rows: readonly LinearRow[],
  ranges: readonly Interval[],
): readonly Rational[] | 'none' | 'tired' {
  const tableau = new Tableau(rows, ranges);
  for (let pivots = 0; pivots < PIVOTS_MAX; pivots += 1) {
    const step = tableau.step();
    if (step !== 'moved') return step === 'none' ? step : tableau.point();
  }
  return 'tired';
}

class Tableau {
  private readonly low: (Rational | null)[];
  private readonly high: (Rational | null)[];
  private readonly value: Rational[];
  /** Each basic variable as a sum of the others, by column. */
  private readonly matrix: Rational[][];
  private readonly basic: number[];
  private readonly others: number[];
  private readonly variables: number;

  constructor(rows: readonly LinearRow[], ranges: readonly Interval[]) {
    this.variables = ranges.length;
    this.low = [...ranges.map(({ lo }) => fromNumber(lo)), ...rows.map(() => null)];
    this.high = [...ranges.map(({ hi }) => fromNumber(hi)), ...rows.map(({ max }) => fromNumber(max))];
    this.others = ranges.map((_, j) => j);
    this.basic = rows.map((_, i) => ranges.length + i);
    this.matrix = rows.map(({ terms }) => {
      const row = ranges.map(() => ZERO);
      for (const [variable, coefficient] of terms) row[variable] = fromNumber(coefficient);
      return row;
    });
    const start = ranges.map(({ lo }) => fromNumber(lo));
    const sums = this.matrix.map((row) =>
      row.reduce((total, each, j) => plus(total, times(each, start[j] ?? ZERO)), ZERO),
    );
    this.value = [...start, ...sums];
  }

  point(): readonly Rational[] {
    return this.value.slice(0, this.variables);
  }

  step(): 'moved' | 'found' | 'none' {
    const violated = this.basic
      .filter((variable) => this.isBelow(variable) || this.isAbove(variable))
      .reduce((least, variable) => Math.min(least, variable), Infinity);
    if (violated === Infinity) return 'found';
    const row = this.basic.indexOf(violated);
    const mustGrow = this.isBelow(violated);
    const candidates = this.others.filter((_, j) => this.canMove(row, j, mustGrow));
    if (candidates.length === 0) return 'none';
    const entering = Math.min(...candidates);
    const target = (mustGrow ? this.low[violated] : this.high[violated]) ?? ZERO;
    this.exchange(row, this.others.indexOf(entering), target);
    return 'moved';
  }

  /** Whether moving the variable of column `j` moves the row's sum in the wanted direction. */
  private canMove(row: number, j: number, mustGrow: boolean): boolean {
    const factor = compareRational(this.at(row, j), ZERO);
    if (factor === 0) return false;
    const variable = this.others[j] ?? 0;
    const [bound, value] = [factor > 0 === mustGrow ? this.high : this.low, this.value[variable] ?? ZERO];
    const limit = bound[variable] ?? null;
    return limit === null || compareRational(value, limit) !== 0;
  }

  private exchange(row: number, column: number, target: Rational): void {
    const [leaving, entering] = [this.basic[row] ?? 0, this.others[column] ?? 0];
    const factor = inverse(this.at(row, column));
    const move = times(minus(target, this.value[leaving] ?? ZERO), factor);
    this.value[leaving] = target;
    this.value[entering] = plus(this.value[entering] ?? ZERO, move);
    for (const [i, variable] of this.basic.entries()) {
      if (i === row) continue;
      this.value[variable] = plus(this.value[variable] ?? ZERO, times(this.at(i, column), move));
    }
    const pivotRow = (this.matrix[row] ?? []).map((each, j) =>
      j === column ? factor : negated(times(each, factor)),
    );
    for (const [i, each] of this.matrix.entries()) {
      if (i === row) continue;
      const share = each[column] ?? ZERO;
      if (share.numerator === 0n) continue;
      this.matrix[i] = each.map((own, j) => {
        const part = times(share, pivotRow[j] ?? ONE);
        return j === column ? part : plus(own, part);
      });
    }
    this.matrix[row] = pivotRow;
    this.basic[row] = entering;
    this.others[column] = leaving;
  }

  private isBelow(variable: number): boolean {
    const limit = this.low[variable] ?? null;
    return limit !== null && compareRational(this.value[variable] ?? ZERO, limit) < 0;
  }

  private isAbove(variable: number): boolean {
    const limit = this.high[variable] ?? null;
    return limit !== null && compareRational(this.value[variable] ?? ZERO, limit) > 0;
  }

  private at(row: number, column: number): Rational {
    return this.matrix[row]?.[column] ?? ZERO;
  }
}
