import { chooseValues } from './choose-values.js';
import { Domains } from './domains.js';
import type { Atom } from './formula.js';
import { linearRows, pointOf, tightened } from './linear-rows.js';
import { conjunctionOf, propagate, type Conjunction } from './propagate.js';
import { floorOf, HALF, plus, type Rational } from './rational.js';
import type { Assignment, Space } from './space.js';

/** How many times a domain may be cut in two for one conjunction. */
const CUTS_MAX = 400;

/** Values for which all atoms hold; `none` is proved; `tired`: the bound on the search was met. */
export type Solution = Assignment | 'none' | 'tired';

/**
 * Finds values for which all atoms hold at once, or proves that there are none.
 *
 * First every atom takes away what it forbids, round after round; for dates alone that already decides. Then values
 * are tried, near the hints. Then linear arithmetic over fractions is asked, which sees circles (`a > b > a`) that
 * would take a round per day; a count of days enters it with what it says at least. If fractions fit but no tried
 * value does, a domain is cut in two.
 */
export function solveConjunction(atoms: readonly Atom[], domains: Domains, space: Space): Solution {
  return solve({ ...conjunctionOf(atoms, space), cuts: 0 }, new Domains(domains));
}

interface Search extends Conjunction {
  cuts: number;
}

function solve(search: Search, domains: Domains): Solution {
  propagate(search, domains);
  if (domains.isEmpty) return 'none';
  const found = chooseValues(
    search,
    domains,
    search.space.numbers.map(({ hint }) => hint),
  );
  if (found !== null) return found;

  const rows = linearRows(search, domains);
  const inner = pointOf(rows.map(tightened), domains);
  if (typeof inner === 'object') {
    const near = chooseValues(
      search,
      domains,
      inner.map((value) => Number(floorOf(plus(value, HALF)))),
    );
    if (near !== null) return near;
  }
  const point = pointOf(rows, domains);
  if (point === 'none') return 'none';
  if (point !== 'tired') {
    const near = chooseValues(
      search,
      domains,
      point.map((value) => Number(floorOf(value))),
    );
    if (near !== null) return near;
  }
  const cut = cutOf(search, domains, point);
  search.cuts += 1;
  if (cut === null || search.cuts > CUTS_MAX) return 'tired';
  let isTired = false;
  for (const side of cut) {
    const half = new Domains(domains);
    side(half);
    const solution = solve(search, half);
    if (typeof solution === 'object') return solution;
    if (solution === 'tired') isTired = true;
    if (search.cuts > CUTS_MAX) return 'tired';
  }
  return isTired ? 'tired' : 'none';
}

/** Two halves of a domain that together are all of it; null: nothing is left to cut. */
function cutOf(
  { atoms, used }: Search,
  domains: Domains,
  point: readonly Rational[] | 'tired',
): readonly ((half: Domains) => void)[] | null {
  const compared = atoms.flatMap((atom) => (atom.kind === 'same' ? [atom.one, atom.other] : []));
  const word = compared.find((variable) => !isPower(domains.wordsOf(variable)));
  if (word !== undefined) {
    const first = domains.wordsOf(word) & -domains.wordsOf(word);
    return [(half) => half.restrictWord(word, first), (half) => half.restrictWord(word, ~first)];
  }
  const fraction = point === 'tired' ? -1 : point.findIndex(({ denominator }) => denominator !== 1n);
  const value = point[fraction];
  if (typeof value === 'object') return halves(fraction, Number(floorOf(value)));

  const width = (variable: number) => domains.high(variable) - domains.low(variable);
  const [widest] = used.numbers.toSorted((a, b) => width(b) - width(a));
  if (widest === undefined || width(widest) === 0) return null;
  return halves(widest, domains.low(widest) + Math.floor(width(widest) / 2));
}

function isPower(mask: bigint): boolean {
  return (mask & (mask - 1n)) === 0n;
}

function halves(variable: number, last: number): readonly ((half: Domains) => void)[] {
  return [(half) => half.lower(variable, last), (half) => half.raise(variable, last + 1)];
}
