/** A source of uniform numbers, strictly between 0 and 1. */
export type RandomStream = () => number;

// Taken out once: called millions of times, and in a sandbox of tests each look at a global costs more than the sum.
const { imul } = Math;

const WORD = 2 ** 32;
const MASK_64 = (1n << 64n) - 1n;
const MASK_32 = (1n << 32n) - 1n;

/**
 * A stream of its own for every name under one seed. Whoever draws more or fewer numbers from one stream changes none of
 * the others: two forecasts that differ in one step are compared by the same luck everywhere else.
 *
 * @param seed a whole number; the same seed and name give the same numbers on every machine
 */
export function randomStream(seed: number, name: string): RandomStream {
  const mix = splitMix64((BigInt(seed) & MASK_64) ^ fnv1a64(name));
  const [first, second] = [mix(), mix()];
  const next = xoshiro128StarStar(
    [first >> 32n, first & MASK_32, second >> 32n, second & MASK_32].map(Number),
  );
  // The middle of each cell, so that neither 0 nor 1 ever comes out: a quantile there would be infinite.
  return () => (next() + 0.5) / WORD;
}

/**
 * xoshiro128** 1.1 of Blackman and Vigna (https://prng.di.unimi.it/xoshiro128starstar.c): whole numbers of 32 bits.
 *
 * @param state four words of 32 bits, not all of them zero
 */
export function xoshiro128StarStar(state: readonly number[]): () => number {
  let [a = 1, b = 0, c = 0, d = 0] = state;
  return () => {
    const result = imul(rotateLeft(imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** SplitMix64 (https://prng.di.unimi.it/splitmix64.c): spreads a seed, however plain, over all bits of a state. */
export function splitMix64(seed: bigint): () => bigint {
  let state = seed & MASK_64;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK_64;
    let mixed = state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
    return mixed ^ (mixed >> 31n);
  };
}

/** The hash FNV-1a of 64 bits, over the UTF-8 bytes of a text (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK_64;
  }
  return hash;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
