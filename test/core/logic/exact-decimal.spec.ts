import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromNumber, plus } from '../../../src/core/logic/rational.js';
import { exactMean, exactShare, exactSum } from '../../../src/core/logic/exact-decimal.js';

describe('decimal arithmetic', () => {
  it('subtracts as on paper', () => {
    expect(64.4 - 54.4).not.toBe(10);
    expect(exactSum([64.4, -54.4])).toBe(10);
  });

  it('takes a mean as on paper', () => {
    expect((3 + 3 + 3.6) / 3).not.toBe(3.2);
    expect(exactMean([3, 3, 3.6])).toBe(3.2);
    expect(exactMean([1, 2])).toBe(1.5);
  });

  it('takes a share in percent, which is 0 of nothing', () => {
    expect(exactShare(2, [2, 3])).toBe(40);
    expect(exactShare(1, [1, 2])).toBe(100 / 3);
    expect(exactShare(0, [0, 0])).toBe(0);
    expect(exactShare(7, [0])).toBe(0);
    expect(exactShare(30, [20])).toBe(150);
  });

  it('reads numbers that are written with an exponent', () => {
    expect(exactSum([1e21, 1e-7, -1e21])).toBe(1e-7);
    expect(exactMean([5e-7, 5e-7])).toBe(5e-7);
  });

  it('is the usual arithmetic where that is exact', () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 8 }), (values) => {
        const sum = values.reduce((total, value) => total + value, 0);
        expect(exactSum(values)).toBe(sum + 0);
        expect(exactMean(values)).toBe(sum / values.length + 0);
      }),
      { seed: 20170320, numRuns: 500 },
    );
  });

  it('is the same on the short way and on the long way', () => {
    const decimal = fc.oneof(
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 1000),
      fc.double({ min: -1000, max: 1000, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1, maxLength: 5 }), (values) => {
        const total = values.map(fromNumber).reduce(plus);
        const digits = total.numerator * (10n ** 400n / total.denominator);
        expect(exactSum(values)).toBe(Number(`${digits}e-400`) + 0);
      }),
      { seed: 20170320, numRuns: 2000 },
    );
  });
});
