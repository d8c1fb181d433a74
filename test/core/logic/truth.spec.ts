import { describe, expect, it } from '@jest/globals';
import { allOf, anyOf, not, type Truth } from '../../../src/core/logic/truth.js';

const T = true;
const F = false;
const U = null;

describe("Kleene's three-valued logic", () => {
  it.each<[Truth, Truth, Truth, Truth]>([
    [T, T, T, T],
    [T, F, F, T],
    [T, U, U, T],
    [F, T, F, T],
    [F, F, F, F],
    [F, U, F, U],
    [U, T, U, T],
    [U, F, F, U],
    [U, U, U, U],
  ])('%p with %p: all of them is %p, any of them is %p', (one, other, all, any) => {
    expect(allOf([one, other])).toBe(all);
    expect(anyOf([one, other])).toBe(any);
  });

  it.each<[Truth, Truth]>([
    [T, F],
    [F, T],
    [U, U],
  ])('not %p is %p', (truth, opposite) => {
    expect(not(truth)).toBe(opposite);
  });

  it("keeps De Morgan's laws for unknown, too", () => {
    for (const one of [T, F, U]) {
      for (const other of [T, F, U]) {
        expect(not(allOf([one, other]))).toBe(anyOf([not(one), not(other)]));
      }
    }
  });
});
