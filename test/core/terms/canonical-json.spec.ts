import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson, JSON_NESTING_MAX } from '../../../src/core/terms/canonical-json.js';
import { DomainError } from '../../../src/core/terms/domain-error.js';

const SEED = 20181211;

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, reversed(part)] as const);
  return Object.fromEntries(entries.toReversed());
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 units at every depth and writes no spaces', () => {
    expect(canonicalJson({ b: [1, { z: null, y: true }], a: 'é', B: -0, '10': 1e21, '9': 0.1 })).toBe(
      '{"10":1e+21,"9":0.1,"B":0,"a":"é","b":[1,{"y":true,"z":null}]}',
    );
  });

  it('sorts a supplementary character before a private one, as UTF-16 does', () => {
    expect(canonicalJson({ '\uE000': 1, '\u{1F600}': 2 })).toBe('{"\u{1F600}":2,"\uE000":1}');
  });

  it('is the same for every order of keys, reads back as the value, and differs where the value does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const text = canonicalJson(plain);
        expect(canonicalJson(reversed(plain))).toBe(text);
        expect(JSON.parse(text)).toEqual(plain);
        expect(canonicalJson([plain])).not.toBe(text);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it.each([
    ['undefined', { a: undefined }],
    ['a hole in a list', Array.from({ length: 1 })],
    ['not a number', [Number.NaN]],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a function', { a: canonicalJson }],
    ['a date', { a: new Date(0) }],
    ['a map', new Map([['a', 1]])],
    ['a big integer', 1n],
  ])('refuses %s instead of dropping it', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(DomainError);
  });

  it('takes the deepest document allowed and refuses one that is deeper', () => {
    expect(() => canonicalJson(nested(JSON_NESTING_MAX))).not.toThrow();
    expect(() => canonicalJson(nested(JSON_NESTING_MAX + 1))).toThrow('nested too deep');
    expect(() => canonicalJson(nested(100_000))).toThrow('nested too deep');
  });
});
