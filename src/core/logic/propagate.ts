import { narrowCount } from './count-relation.js';
import type { Domains } from './domains.js';
import type { Atom, CountRelation } from './formula.js';
import { narrow } from './narrow.js';
import type { Space } from './space.js';

/** How often all atoms are gone through before linear arithmetic is asked. */
const ROUNDS_MAX = 30;

/** Atoms that must hold at once, and what they are about. */
export interface Conjunction {
  readonly atoms: readonly Atom[];
  readonly space: Space;
  readonly relations: readonly CountRelation[];
  /** The variables that the atoms are about; counts come last, their days decide them. */
  readonly used: { readonly numbers: readonly number[]; readonly words: readonly number[] };
}

export function conjunctionOf(atoms: readonly Atom[], space: Space): Conjunction {
  const relations = relationsOf(atoms, space);
  return { atoms, space, relations, used: usedBy(atoms, relations) };
}

function usedBy(atoms: readonly Atom[], relations: readonly CountRelation[]): Conjunction['used'] {
  const counts = new Set(relations.map(({ count }) => count));
  const days = relations.flatMap(({ from, to }) =>
    [from, to].flatMap((end) => ('day' in end ? [] : [end.variable])),
  );
  const linear = atoms.flatMap((atom) =>
    atom.kind === 'linear' ? atom.terms.map(([variable]) => variable) : [],
  );
  const words = atoms.flatMap((atom) => {
    if (atom.kind === 'word') return [atom.variable];
    return atom.kind === 'same' ? [atom.one, atom.other] : [];
  });
  const plain = [...linear, ...days].filter((variable) => !counts.has(variable));
  return { numbers: [...new Set([...plain, ...counts])], words: [...new Set(words)] };
}

/** Narrows until nothing changes, or for a while. */
export function propagate({ atoms, space, relations }: Omit<Conjunction, 'used'>, domains: Domains): void {
  for (let round = 0; round < ROUNDS_MAX && !domains.isEmpty; round += 1) {
    let changed = false;
    for (const atom of atoms) {
      changed = narrow(atom, domains, space) || changed;
      if (domains.isEmpty) return;
    }
    if (changed) continue;
    for (const relation of relations) {
      changed = narrowCount(relation, domains) || changed;
      if (domains.isEmpty) return;
    }
    if (!changed) return;
  }
}

/** The relations of the counts that the atoms speak of. */
export function relationsOf(atoms: readonly Atom[], space: Space): readonly CountRelation[] {
  const variables = new Set(
    atoms.flatMap((atom) => (atom.kind === 'linear' ? atom.terms.map(([variable]) => variable) : [])),
  );
  return [...space.relations.values()].filter(({ count }) => variables.has(count));
}
