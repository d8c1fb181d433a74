import { and, type Formula } from './formula.js';
import { opposite } from './opposite.js';
import { holds } from './choose-values.js';
import { solveFormula } from './solve-formula.js';
import type { Assignment, Space } from './space.js';

/** One atom with what it says. */
export type Claim = Extract<Formula, { kind: 'atom' }>;

/**
 * As few claims as can be that hold for the values and from which the formula follows: the region around an example in
 * which all is as in the example. None of them can be left out.
 */
export function implicantAt(formula: Formula, assignment: Assignment, space: Space): readonly Claim[] {
  const fails = opposite(formula, space);
  const follows = (claims: readonly Claim[]) => solveFormula(and(...claims, fails), space).kind === 'none';
  let claims = claimsAt(formula, assignment, space) ?? [];
  for (const claim of claims) {
    const fewer = claims.filter((each) => each !== claim);
    if (follows(fewer)) claims = fewer;
  }
  return claims;
}

/** Null: the formula does not hold for the values. */
function claimsAt(formula: Formula, assignment: Assignment, space: Space): readonly Claim[] | null {
  switch (formula.kind) {
    case 'always':
      return [];
    case 'never':
      return null;
    case 'atom':
      return holds(formula.atom, assignment, space) ? [formula] : null;
    case 'and': {
      const parts = formula.of.map((part) => claimsAt(part, assignment, space));
      return parts.every((part) => part !== null) ? parts.flat() : null;
    }
    case 'or': {
      const parts = formula.of.flatMap((part) => {
        const claims = claimsAt(part, assignment, space);
        return claims === null ? [] : [claims];
      });
      return parts.toSorted((a, b) => a.length - b.length)[0] ?? null;
    }
  }
}
