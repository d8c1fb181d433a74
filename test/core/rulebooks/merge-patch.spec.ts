import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mergePatch, PATCH_NESTING_MAX } from '../../../src/core/rulebooks/merge-patch.js';

/** RFC 7396, Appendix A: original, patch, result. */
const RFC_7396: readonly (readonly [string, string, string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

describe('a JSON Merge Patch', () => {
  it.each(RFC_7396)('as RFC 7396 has it: %s and %s', (target, patch, result) => {
    expect(mergePatch(JSON.parse(target), JSON.parse(patch))).toEqual({ value: JSON.parse(result) });
  });

  it('keeps the order of keys, and changes neither argument', () => {
    const target = { b: 1, a: { y: 1, x: 2 } };
    const patch = { a: { x: 3 }, c: 1 };
    const { value } = mergePatch(target, patch) as { value: object };
    expect(JSON.stringify(value)).toBe('{"b":1,"a":{"y":1,"x":3},"c":1}');
    expect([target, patch]).toEqual([
      { b: 1, a: { y: 1, x: 2 } },
      { a: { x: 3 }, c: 1 },
    ]);
  });

  it('refuses keys that could reach a prototype, wherever they stand', () => {
    const patch: unknown = JSON.parse('{"a":{"__proto__":{"isAdmin":true}},"constructor":1}');
    expect(mergePatch({}, patch)).toEqual({
      problems: [
        expect.objectContaining({ code: 'patch.forbidden-key', pointer: '/a/__proto__' }),
        expect.objectContaining({ code: 'patch.forbidden-key', pointer: '/constructor' }),
      ],
    });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('refuses what is nested deeper than its limit, with the place', () => {
    const nested = (depth: number): unknown =>
      Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 1);
    expect(mergePatch({}, nested(PATCH_NESTING_MAX + 1))).toEqual({ value: nested(PATCH_NESTING_MAX + 1) });
    expect(mergePatch({}, nested(50_000))).toEqual({
      problems: [
        { pointer: '/a'.repeat(PATCH_NESTING_MAX + 1), code: 'patch.too-deep', message: expect.any(String) },
      ],
    });
  });

  it('of a document on nothing is the document without its nulls', () => {
    const plain = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).filter((value) => {
      const text = JSON.stringify(value);
      return !text.includes('null') && !/"(__proto__|constructor|prototype)"/.test(text);
    });
    fc.assert(
      fc.property(plain, (value) => {
        expect(mergePatch({}, value)).toEqual({ value });
        expect(mergePatch(value, value)).toEqual({ value });
      }),
      { seed: 7_396, numRuns: 500 },
    );
  });
});
