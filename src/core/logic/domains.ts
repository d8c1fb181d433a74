import type { Atom } from './formula.js';
import type { Space } from './space.js';

/** What every variable can still be. A copy is made before a choice, so that it can be taken back. */
export class Domains {
  readonly lo: number[];
  readonly hi: number[];
  readonly words: bigint[];
  /** Whether some variable has nothing left. */
  isEmpty = false;

  constructor(from: Space | Domains) {
    if (from instanceof Domains) {
      this.lo = [...from.lo];
      this.hi = [...from.hi];
      this.words = [...from.words];
      this.isEmpty = from.isEmpty;
    } else {
      this.lo = from.numbers.map(({ range }) => range.lo);
      this.hi = from.numbers.map(({ range }) => range.hi);
      this.words = from.words.map(({ words }) => (1n << BigInt(words.length)) - 1n);
    }
  }

  /** Whether anything was taken away. */
  restrictWord(variable: number, allowed: bigint): boolean {
    const [before, after] = [this.wordsOf(variable), this.wordsOf(variable) & allowed];
    this.words[variable] = after;
    if (after === 0n) this.isEmpty = true;
    return after !== before;
  }

  raise(variable: number, least: number): boolean {
    if (least <= this.low(variable)) return false;
    this.lo[variable] = least;
    if (least > this.high(variable)) this.isEmpty = true;
    return true;
  }

  lower(variable: number, most: number): boolean {
    if (most >= this.high(variable)) return false;
    this.hi[variable] = most;
    if (most < this.low(variable)) this.isEmpty = true;
    return true;
  }

  low(variable: number): number {
    return this.lo[variable] ?? 0;
  }

  high(variable: number): number {
    return this.hi[variable] ?? 0;
  }

  wordsOf(variable: number): bigint {
    return this.words[variable] ?? 0n;
  }

  isFixed(variable: number): boolean {
    return this.low(variable) === this.high(variable);
  }

  /** The least that the sum of a linear atom can be, or the greatest. */
  sum(terms: Extract<Atom, { kind: 'linear' }>['terms'], end: 'least' | 'greatest'): number {
    let total = 0;
    for (const [variable, coefficient] of terms) {
      const low = coefficient > 0 === (end === 'least');
      total += coefficient * (low ? this.low(variable) : this.high(variable));
    }
    return total;
  }
}

/** Whether an atom is settled by what the variables can be; null: it is not. */
export function statusOf(atom: Atom, domains: Domains): boolean | null {
  switch (atom.kind) {
    case 'linear':
      if (domains.sum(atom.terms, 'least') > atom.max) return false;
      return domains.sum(atom.terms, 'greatest') <= atom.max ? true : null;
    case 'word': {
      const words = domains.wordsOf(atom.variable);
      if ((words & atom.allowed) === 0n) return false;
      return (words & ~atom.allowed) === 0n ? true : null;
    }
    case 'same':
    case 'opaque':
      return null;
  }
}

/** The words of a variable's domain that fit, as a bit mask of indexes. */
export function maskOf(space: Space, variable: number, fits: (word: string | boolean) => boolean): bigint {
  const words = space.words[variable]?.words ?? [];
  return words.reduce((mask, word, i) => (fits(word) ? mask | (1n << BigInt(i)) : mask), 0n);
}
