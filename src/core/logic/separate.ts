import type { Atom, Formula } from './formula.js';
import type { Space } from './space.js';

/** Atoms and groups of alternatives that share variables, directly or through others. */
export interface Part {
  readonly atoms: readonly Atom[];
  readonly groups: readonly Formula[];
  /** Numbers by their variable; a word as -1 minus its variable. */
  readonly variables: ReadonlySet<number>;
}

/** Takes apart what has no variable in common: a solution of each is a solution of all. */
export function separate(atoms: readonly Atom[], groups: readonly Formula[], space: Space): readonly Part[] {
  const parents = new Map<number, number>();
  const root = (variable: number): number => {
    let at = variable;
    for (let next = parents.get(at); next !== undefined && next !== at; next = parents.get(at)) at = next;
    return at;
  };
  const tie = (variables: readonly number[]) => {
    const [first, ...others] = variables.map(root);
    if (first === undefined) return;
    parents.set(first, first);
    for (const other of others) parents.set(root(other), root(first));
  };
  const ofAtoms = atoms.map((atom) => variablesOfAtom(atom, space));
  const ofGroups = groups.map((group) => variablesOf(group, space));
  for (const variables of [...ofAtoms, ...ofGroups]) tie(variables);

  const parts = new Map<number, { atoms: Atom[]; groups: Formula[]; variables: Set<number> }>();
  const partOf = (variables: readonly number[]) => {
    const key = root(variables[0] ?? Number.NaN);
    const part = parts.get(key) ?? { atoms: [], groups: [], variables: new Set() };
    parts.set(key, part);
    for (const variable of variables) part.variables.add(variable);
    return part;
  };
  atoms.forEach((atom, i) => partOf(ofAtoms[i] ?? []).atoms.push(atom));
  groups.forEach((group, i) => partOf(ofGroups[i] ?? []).groups.push(group));
  return [...parts.values()];
}

function variablesOf(formula: Formula, space: Space): readonly number[] {
  if (formula.kind === 'atom') return variablesOfAtom(formula.atom, space);
  return 'of' in formula ? [...new Set(formula.of.flatMap((part) => variablesOf(part, space)))] : [];
}

function variablesOfAtom(atom: Atom, space: Space): readonly number[] {
  switch (atom.kind) {
    case 'linear':
      return atom.terms.flatMap(([variable]) => {
        const relation = space.relations.get(variable);
        const ends = relation === undefined ? [] : [relation.from, relation.to];
        return [variable, ...ends.flatMap((end) => ('day' in end ? [] : [end.variable]))];
      });
    case 'word':
      return [-1 - atom.variable];
    case 'same':
      return [-1 - atom.one, -1 - atom.other];
    case 'opaque':
      return [];
  }
}
