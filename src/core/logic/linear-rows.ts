import { statusOf, type Domains } from './domains.js';
import type { CountRelation } from './formula.js';
import type { Conjunction } from './propagate.js';
import { fromNumber, type Rational } from './rational.js';
import { linearPoint, type LinearRow } from './simplex.js';

const DAYS_PER_MONTH = { least: 28, most: 31 };

/** So far inside a row that rounding every variable to the nearest whole number does not leave it. */
export function tightened({ terms, max }: LinearRow): LinearRow {
  const most = terms.reduce((total, [, coefficient]) => total + Math.abs(coefficient), 0);
  return { terms, max: max - Math.ceil(most / 2) };
}

/** A value for every variable; those that no row is about take their least. */
export function pointOf(
  rows: readonly LinearRow[],
  domains: Domains,
): readonly Rational[] | 'none' | 'tired' {
  const used = [...new Set(rows.flatMap(({ terms }) => terms.map(([variable]) => variable)))];
  const column = new Map(used.map((variable, i) => [variable, i]));
  const point = linearPoint(
    rows.map(({ terms, max }) => ({
      terms: terms.map(([variable, coefficient]) => [column.get(variable) ?? 0, coefficient]),
      max,
    })),
    used.map((variable) => ({ lo: domains.low(variable), hi: domains.high(variable) })),
  );
  if (typeof point === 'string') return point;
  return domains.lo.map((lo, variable) => point[column.get(variable) ?? -1] ?? fromNumber(lo));
}

/** The linear atoms, and what the relations say of calendar days. */
export function linearRows({ atoms, relations }: Conjunction, domains: Domains): readonly LinearRow[] {
  const open = atoms.filter((atom) => atom.kind === 'linear' && statusOf(atom, domains) === null);
  return [...(open as readonly LinearRow[]), ...relations.flatMap((each) => daysOf(each, domains))];
}

/** At least and at most so many calendar days lie between two days that a count of months or working days parts. */
function daysOf({ kind, from, to, count }: CountRelation, domains: Domains): readonly LinearRow[] {
  const row = (first: typeof from, last: typeof to, max: number): LinearRow => {
    const terms: (readonly [number, number])[] = [];
    let constant = 0;
    for (const [end, sign] of [
      [last, 1],
      [first, -1],
    ] as const) {
      if ('day' in end) constant += sign * end.day;
      else terms.push([end.variable, sign]);
    }
    return { terms, max: max - constant };
  };
  const [least, most] = [domains.low(count), domains.high(count)];
  if (kind === 'working-days') {
    const rows: LinearRow[] = [];
    if (least > 0) rows.push(row(to, from, -least));
    if (most < 0) rows.push(row(from, to, most));
    return rows;
  }
  const { least: short, most: long } = DAYS_PER_MONTH;
  const longest = most >= 0 ? long * most : short * most;
  const shortest = least - 1 >= 0 ? short * (least - 1) + 1 : long * (least - 1) + 1;
  return [row(from, to, longest), row(to, from, -shortest)];
}
