import { countBetween, endOf } from './count-relation.js';
import { Domains } from './domains.js';
import type { Atom, CountRelation } from './formula.js';
import { propagate, type Conjunction } from './propagate.js';
import type { Assignment, Space } from './space.js';

/** Gives one variable after the other a value, as near to its hint as the others leave it; null: that went wrong. */
export function chooseValues(
  conjunction: Conjunction,
  start: Domains,
  hints: readonly number[],
): Assignment | null {
  const { space, used } = conjunction;
  let domains = start;
  const choose = (cut: (copy: Domains) => void): boolean => {
    const copy = new Domains(domains);
    cut(copy);
    propagate(conjunction, copy);
    if (!copy.isEmpty) domains = copy;
    return !copy.isEmpty;
  };
  for (const variable of used.numbers) {
    if (domains.isFixed(variable)) continue;
    const [lo, hi] = [domains.low(variable), domains.high(variable)];
    const hint = Math.min(hi, Math.max(lo, hints[variable] ?? lo));
    const to = (value: number) => (copy: Domains) => {
      copy.raise(variable, value);
      copy.lower(variable, value);
    };
    if (!choose(to(hint)) && !choose(to(lo)) && !choose(to(hi))) return null;
  }
  for (const variable of used.words) {
    const words = space.words[variable]?.words ?? [];
    const hint = wordNearHint(variable, domains, space);
    const indexes = words.keys().filter((i) => (domains.wordsOf(variable) & (1n << BigInt(i))) !== 0n);
    const order = [...indexes].toSorted((a, b) => Number(b === hint) - Number(a === hint));
    if (!order.some((i) => choose((copy) => copy.restrictWord(variable, 1n << BigInt(i))))) return null;
  }
  const assignment = {
    numbers: space.numbers.map((_, variable) => nearHint(variable, domains, space)),
    words: space.words.map((_, variable) => wordNearHint(variable, domains, space)),
  };
  return conjunction.atoms.every((atom) => holds(atom, assignment, space)) &&
    conjunction.relations.every((relation) => isCounted(relation, domains))
    ? assignment
    : null;
}

/** The value that is nearest to the hint of what a number can still be. */
export function nearHint(variable: number, domains: Domains, space: Space): number {
  const hint = space.numbers[variable]?.hint ?? 0;
  return Math.min(domains.high(variable), Math.max(domains.low(variable), hint));
}

/** The index of the hint if the word can still be that, else of the first that it can be. */
export function wordNearHint(variable: number, domains: Domains, space: Space): number {
  const mask = domains.wordsOf(variable);
  const domain = space.words[variable];
  const hint = domain === undefined ? -1 : domain.words.findIndex((word) => word === domain.hint);
  if (hint >= 0 && (mask & (1n << BigInt(hint))) !== 0n) return hint;
  return (mask & -mask).toString(2).length - 1;
}

/** Whether an atom holds for the values; of an opaque one nobody knows, so it is taken to. */
export function holds(atom: Atom, assignment: Assignment, space: Space): boolean {
  switch (atom.kind) {
    case 'linear': {
      const sum = atom.terms.reduce(
        (total, [variable, coefficient]) => total + coefficient * (assignment.numbers[variable] ?? 0),
        0,
      );
      return sum <= atom.max;
    }
    case 'word':
      return (atom.allowed & (1n << BigInt(assignment.words[atom.variable] ?? 0))) !== 0n;
    case 'same':
      return (space.wordIn(assignment, atom.one) === space.wordIn(assignment, atom.other)) === atom.isSame;
    case 'opaque':
      return true;
  }
}

function isCounted(relation: CountRelation, domains: Domains): boolean {
  const [from, to] = [endOf(relation.from, domains), endOf(relation.to, domains)];
  return (
    from.lo === from.hi &&
    to.lo === to.hi &&
    countBetween(relation, from.lo, to.lo) === domains.low(relation.count)
  );
}
