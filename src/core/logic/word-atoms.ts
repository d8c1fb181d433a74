import { maskOf } from './domains.js';
import { ALWAYS, NEVER, type Formula, type Saying } from './formula.js';
import type { Space } from './space.js';
import type { FactTerm } from './term.js';
import type { Universe } from './universe.js';

/** That a word variable is one of those that fit. */
export function wordAtom(
  space: Space,
  variable: number,
  fits: (word: string | boolean) => boolean,
  says: Saying,
): Formula {
  const allowed = maskOf(space, variable, fits);
  if (allowed === 0n) return NEVER;
  return allowed === maskOf(space, variable, () => true)
    ? ALWAYS
    : { kind: 'atom', atom: { kind: 'word', variable, allowed }, says };
}

type WordSide = { readonly variable: number } | { readonly word: string | boolean } | 'missing';

/** A word as what it is known to be, or as a variable. */
export function wordSide({ name, type }: FactTerm, space: Space, universe: Universe): WordSide {
  const known = universe.knowledge(name);
  if (known === 'missing') return known;
  if (known !== 'free') return { word: typeof known.value === 'boolean' ? known.value : String(known.value) };
  const words = type.kind === 'boolean' ? [true, false] : type.kind === 'enum' ? type.values : universe.texts;
  return { variable: space.word(name, () => ({ words, hint: words[0] ?? null })) };
}
