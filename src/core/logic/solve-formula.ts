import { nearHint, wordNearHint } from './choose-values.js';
import { Domains, statusOf } from './domains.js';
import type { Atom, Formula } from './formula.js';
import { narrow } from './narrow.js';
import { propagate, relationsOf } from './propagate.js';
import { separate, type Part } from './separate.js';
import { solveConjunction } from './solve-conjunction.js';
import type { Assignment, Space } from './space.js';

/** How many branches are looked at for one formula. */
const BRANCHES_MAX = 5_000;

export type Answer =
  | { readonly kind: 'found'; readonly assignment: Assignment }
  /** Proved. */
  | { readonly kind: 'none' }
  /** The bound on the search was met. */
  | { readonly kind: 'undecided' };

/**
 * Whether the variables of the space can have values for which the formula holds: an example, or the proof that there
 * is none. Exact for all that conditions can say, but for opaque atoms: an example may fail those, `none` is sure.
 *
 * The method is a search over the alternatives of the formula: what must hold in any case narrows the domains of the
 * variables; an alternative that they rule out is dropped, one that is left alone must hold. What shares no variable is solved apart;
 * in each part the group with the fewest alternatives is tried one by one. Once no group is open, `solveConjunction` decides about numbers and days.
 */
export function solveFormula(formula: Formula, space: Space): Answer {
  const search: Search = { space, branches: 0, isTired: false };
  const assignment = branch([formula], [], new Domains(space), search);
  if (assignment !== null) return { kind: 'found', assignment };
  return { kind: search.isTired ? 'undecided' : 'none' };
}

interface Search {
  readonly space: Space;
  branches: number;
  isTired: boolean;
}

type Group = Extract<Formula, { kind: 'and' | 'or' }>;

function branch(
  claims: readonly Formula[],
  known: readonly Atom[],
  start: Domains,
  search: Search,
): Assignment | null {
  search.branches += 1;
  if (search.branches > BRANCHES_MAX) search.isTired = true;
  if (search.isTired && search.branches > BRANCHES_MAX) return null;

  const domains = new Domains(start);
  const atoms = [...known];
  let open = claims;
  for (let changed = true; changed;) {
    const settled = settle(open, atoms, domains, search);
    if (settled === null) return null;
    ({ open, changed } = settled);
  }
  const parts = separate(atoms, open, search.space);
  return parts.length > 1 ? solveParts(parts, domains, search) : alternatives(open, atoms, domains, search);
}

/** Tries the alternatives of the smallest group; without groups, looks for values. */
function alternatives(
  open: readonly Formula[],
  atoms: readonly Atom[],
  domains: Domains,
  search: Search,
): Assignment | null {
  const [first] = (open as readonly Group[]).toSorted((a, b) => a.of.length - b.of.length);
  if (first === undefined) {
    const solution = solveConjunction(atoms, domains, search.space);
    if (solution === 'tired') search.isTired = true;
    return typeof solution === 'object' ? solution : null;
  }
  const others = open.filter((group) => group !== first);
  for (const alternative of first.of) {
    const found = branch([alternative, ...others], atoms, domains, search);
    if (found !== null) return found;
  }
  return null;
}

/** Each part by itself: if one has no solution, the choices of the others do not matter. */
function solveParts(parts: readonly Part[], domains: Domains, search: Search): Assignment | null {
  const wasTired = search.isTired;
  const numbers = [...domains.lo];
  const words = domains.words.map(() => 0);
  let isSolved = true;
  for (const { atoms, groups, variables } of parts) {
    search.isTired = wasTired;
    const found = alternatives(groups, atoms, domains, search);
    if (found === null && search.isTired === wasTired) return null;
    if (found === null) isSolved = false;
    for (const variable of variables) {
      if (variable >= 0) numbers[variable] = found?.numbers[variable] ?? 0;
      else words[-1 - variable] = found?.words[-1 - variable] ?? 0;
    }
  }
  if (!isSolved) search.isTired = true;
  return isSolved ? withHints({ numbers, words }, parts, domains, search.space) : null;
}

/** What no part speaks of is as near to its hint as can be. */
function withHints(
  { numbers, words }: Assignment,
  parts: readonly Part[],
  domains: Domains,
  space: Space,
): Assignment {
  const used = new Set(parts.flatMap(({ variables }) => [...variables]));
  return {
    numbers: numbers.map((value, i) => (used.has(i) ? value : nearHint(i, domains, space))),
    words: words.map((word, i) => (used.has(-1 - i) ? word : wordNearHint(i, domains, space))),
  };
}

/** Asserts what must hold, narrows, and reduces the groups of alternatives; null: that cannot be. */
function settle(
  claims: readonly Formula[],
  atoms: Atom[],
  domains: Domains,
  { space }: Search,
): { readonly open: readonly Formula[]; readonly changed: boolean } | null {
  const before = atoms.length;
  const groups: Formula[] = [];
  for (const claim of claims) if (!assertClaim(claim, atoms, groups)) return null;
  if (atoms.length > before) {
    for (const atom of atoms.slice(before)) narrow(atom, domains, space);
    propagate({ atoms, space, relations: relationsOf(atoms, space) }, domains);
  }
  if (domains.isEmpty) return null;
  const open: Formula[] = [];
  let changed = false;
  for (const group of groups) {
    const reduced = reduce(group, domains);
    if (reduced.kind === 'never') return null;
    if (reduced.kind === 'always') continue;
    if (reduced.kind !== 'or') changed = true;
    open.push(reduced);
  }
  return { open, changed };
}

function assertClaim(claim: Formula, atoms: Atom[], groups: Formula[]): boolean {
  switch (claim.kind) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'atom':
      if (claim.atom.kind !== 'opaque' || !contradicts(claim.atom, atoms)) {
        atoms.push(claim.atom);
        return true;
      }
      return false;
    case 'and':
      return claim.of.every((part) => assertClaim(part, atoms, groups));
    case 'or':
      groups.push(claim);
      return true;
  }
}

function contradicts(atom: Extract<Atom, { kind: 'opaque' }>, atoms: readonly Atom[]): boolean {
  return atoms.some((each) => each.kind === 'opaque' && each.id === atom.id && each.holds !== atom.holds);
}

/** The formula without what the domains have settled. */
function reduce(formula: Formula, domains: Domains): Formula {
  switch (formula.kind) {
    case 'always':
    case 'never':
      return formula;
    case 'atom': {
      const status = statusOf(formula.atom, domains);
      return status === null ? formula : { kind: status ? 'always' : 'never' };
    }
    case 'and':
    case 'or': {
      const [neutral, settling] = formula.kind === 'and' ? ['always', 'never'] : ['never', 'always'];
      const of: Formula[] = [];
      for (const part of formula.of) {
        const reduced = reduce(part, domains);
        if (reduced.kind === settling) return reduced;
        if (reduced.kind !== neutral) of.push(reduced);
      }
      const [only] = of;
      if (only === undefined) return { kind: neutral as 'always' | 'never' };
      return of.length === 1 ? only : { kind: formula.kind, of };
    }
  }
}
