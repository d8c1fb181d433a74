import { describe, expect, it } from '@jest/globals';
import {
  findExcess,
  NESTING_MAX,
  TEXT_LENGTH_MAX,
  VALUES_MAX,
} from '../../../src/core/rulebooks/find-excess.js';

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);

const found = (document: unknown): string | null => {
  const problem = findExcess(document);
  return problem === null ? null : `${problem.code} ${problem.pointer}`;
};

describe('what is too much for a rulebook', () => {
  it('is nothing in an ordinary document', () => {
    expect(found({ a: [1, 'two', true, null, -0, { b: {} }], c: 'x'.repeat(TEXT_LENGTH_MAX) })).toBeNull();
    expect(found(nested(NESTING_MAX))).toBeNull();
    expect(found(Array.from({ length: VALUES_MAX - 1 }, () => 0))).toBeNull();
  });

  it('is named with the place where it begins', () => {
    expect(found(nested(NESTING_MAX + 1))).toBe(`document.too-deep ${'/0'.repeat(NESTING_MAX)}`);
    expect(found({ a: Array.from({ length: VALUES_MAX }, () => 0) })).toBe('document.too-large /a');
    expect(found({ a: [{ 'b/c': 'x'.repeat(TEXT_LENGTH_MAX + 1) }] })).toBe(
      'document.text-too-long /a/0/b~1c',
    );
    expect(found({ a: { ['k'.repeat(TEXT_LENGTH_MAX + 1)]: 1 } })).toBe('document.text-too-long /a');
    expect(found(JSON.parse('{"a":{"__proto__":1}}'))).toBe('document.forbidden-key /a/__proto__');
    expect(found({ a: [0, Number.NaN] })).toBe('document.not-json /a/1');
    expect(found({ a: undefined })).toBe('document.not-json /a');
  });

  it('costs no stack, however deep a document is', () => {
    expect(found(nested(1_000_000))).toMatch(/^document\.too-deep/);
  });
});
