import { maskOf, type Domains } from './domains.js';
import type { Atom } from './formula.js';
import type { Space } from './space.js';

/** Takes away what an atom forbids, as far as single variables tell. Whether anything was taken away. */
export function narrow(atom: Atom, domains: Domains, space: Space): boolean {
  switch (atom.kind) {
    case 'linear':
      return narrowLinear(atom, domains);
    case 'word':
      return domains.restrictWord(atom.variable, atom.allowed);
    case 'same':
      return narrowSame(atom, domains, space);
    case 'opaque':
      return false;
  }
}

function narrowLinear({ terms, max }: Extract<Atom, { kind: 'linear' }>, domains: Domains): boolean {
  const least = domains.sum(terms, 'least');
  if (least > max) {
    domains.isEmpty = true;
    return true;
  }
  let changed = false;
  for (const [variable, coefficient] of terms) {
    const own = coefficient * (coefficient > 0 ? domains.low(variable) : domains.high(variable));
    const bound = (max - (least - own)) / coefficient;
    if (coefficient > 0) changed = domains.lower(variable, Math.floor(bound)) || changed;
    else changed = domains.raise(variable, Math.ceil(bound)) || changed;
  }
  return changed;
}

function narrowSame(
  { one, other, isSame }: Extract<Atom, { kind: 'same' }>,
  domains: Domains,
  space: Space,
): boolean {
  const translate = (from: number, to: number) => {
    const found = wordsIn(space, domains, from);
    return maskOf(space, to, (word) => found.has(word));
  };
  if (isSame) {
    const changed = domains.restrictWord(one, translate(other, one));
    return domains.restrictWord(other, translate(one, other)) || changed;
  }
  let changed = false;
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    if (wordsIn(space, domains, from).size !== 1) continue;
    changed = domains.restrictWord(to, ~translate(from, to)) || changed;
  }
  return changed;
}

function wordsIn(space: Space, domains: Domains, variable: number): ReadonlySet<string | boolean> {
  const words = space.words[variable]?.words ?? [];
  return new Set(words.filter((_, i) => (domains.wordsOf(variable) & (1n << BigInt(i))) !== 0n));
}
