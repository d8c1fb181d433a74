import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addMoney,
  compareMoney,
  convertMoney,
  formatMoney,
  parseMoney,
  shareMoney,
  subtractMoney,
  sumMoney,
  type ExchangeRate,
  type Money,
} from '../../../src/core/calls/money.js';
import { ratio } from '../../../src/core/logic/rational.js';
import { day } from './call-fixtures.js';

const OPTIONS = { seed: 20190314, numRuns: 1_000 };

const minors = fc.bigInt({ min: -(10n ** 17n) + 1n, max: 10n ** 17n - 1n });
const amounts = minors.map((minor): Money => ({ minor, currency: 'EUR' }));
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 })
  .filter((all) => all.some((weight) => weight > 0n));

const eur = (text: string): Money => parseMoney(text, 'EUR');
const chf = (text: string): Money => parseMoney(text, 'CHF');
const rateOf = (numerator: bigint, denominator: bigint): ExchangeRate => {
  return { from: 'CHF', to: 'EUR', rate: ratio(numerator, denominator), on: day('2026-11-24') };
};
const reason = (text: string): unknown =>
  expect.objectContaining({ details: expect.objectContaining({ reason: text }) });

describe('money', () => {
  it.each([
    ['1250000.00', '1250000.00'],
    ['1250000', '1250000.00'],
    ['0.5', '0.50'],
    ['-0.05', '-0.05'],
    ['0', '0.00'],
    ['-0', '0.00'],
    ['999999999999999.99', '999999999999999.99'],
  ])('reads %s and writes %s', (text, written) => {
    expect(formatMoney(eur(text))).toBe(written);
  });

  it.each([
    '',
    ' 1',
    '1,5',
    '1.250',
    '01',
    '.5',
    '5.',
    '1e3',
    '+1',
    '1_000',
    'NaN',
    '１',
    '1000000000000000',
    '1\n',
  ])('refuses %j', (text) => {
    expect(() => eur(text)).toThrow(reason('money.malformed'));
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(amounts, (money) => {
        const text = formatMoney(money);
        expect(parseMoney(text, 'EUR')).toEqual(money);
        expect(text).toMatch(/^-?\d+\.\d{2}$/);
      }),
      OPTIONS,
    );
  });

  it('adds up exactly where floating point numbers do not', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(addMoney(eur('0.10'), eur('0.20'))).toEqual(eur('0.30'));
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 20 }), (all) => {
        const sum = sumMoney(all, 'EUR');
        expect(sum.minor).toBe(all.reduce((total, { minor }) => total + minor, 0n));
        expect(all.reduce(subtractMoney, sum)).toEqual(eur('0'));
      }),
      OPTIONS,
    );
  });

  it('refuses to add or compare another currency', () => {
    for (const together of [addMoney, subtractMoney, compareMoney]) {
      expect(() => together(eur('1'), chf('1'))).toThrow(reason('money.currency-differs'));
    }
    expect(() => sumMoney([chf('1')], 'EUR')).toThrow(reason('money.currency-differs'));
    expect([
      compareMoney(eur('1'), eur('2')),
      compareMoney(eur('2'), eur('2')),
      compareMoney(eur('3'), eur('2')),
    ]).toEqual([-1, 0, 1]);
  });
});

describe('sharing money', () => {
  it('gives the cents that are left to those that lost most, the earlier first among equals', () => {
    expect(shareMoney(eur('100.00'), [1n, 1n, 1n]).map(formatMoney)).toEqual(['33.34', '33.33', '33.33']);
    expect(shareMoney(eur('0.05'), [5n, 3n, 2n]).map(formatMoney)).toEqual(['0.03', '0.01', '0.01']);
    expect(shareMoney(eur('-0.02'), [1n, 2n]).map(formatMoney)).toEqual(['-0.01', '-0.01']);
  });

  it('loses nothing, and no part is a cent or more away from its due', () => {
    fc.assert(
      fc.property(amounts, weights, (money, weights) => {
        const whole = weights.reduce((sum, weight) => sum + weight, 0n);
        const parts = shareMoney(money, weights);
        expect(sumMoney(parts, 'EUR')).toEqual(money);
        parts.forEach(({ minor }, index) => {
          const off = minor * whole - money.minor * weights[index]!;
          expect(off < whole && off > -whole).toBe(true);
        });
      }),
      OPTIONS,
    );
  });

  it.each([[[]], [[0n, 0n]], [[1n, -1n, 1n]]])('refuses the weights %j', (weights) => {
    expect(() => shareMoney(eur('1'), weights)).toThrow(reason('money.shares-invalid'));
  });
});

describe('converting money', () => {
  it('rounds the half away from zero, and keeps the rate', () => {
    const rate = rateOf(105n, 100n);
    expect(convertMoney(chf('0.10'), rate)).toEqual({ money: eur('0.11'), rate });
    expect(formatMoney(convertMoney(chf('-0.10'), rate).money)).toBe('-0.11');
    expect(formatMoney(convertMoney(chf('1000000.00'), rateOf(9_437n, 10_000n)).money)).toBe('943700.00');
  });

  it('is never more than half a cent away', () => {
    const rates = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.bigInt({ min: 1n, max: 10n ** 6n }));
    fc.assert(
      fc.property(minors, rates, (minor, [numerator, denominator]) => {
        const { money } = convertMoney({ minor, currency: 'CHF' }, rateOf(numerator, denominator));
        const off = 2n * (money.minor * denominator - minor * numerator);
        expect(off <= denominator && off >= -denominator).toBe(true);
      }),
      OPTIONS,
    );
  });

  it('refuses a rate of another currency, and one that is not positive', () => {
    expect(() => convertMoney(eur('1'), rateOf(1n, 1n))).toThrow(reason('money.currency-differs'));
    expect(() => convertMoney(chf('1'), rateOf(0n, 1n))).toThrow(reason('money.rate-invalid'));
    expect(() => convertMoney(chf('1'), rateOf(-1n, 1n))).toThrow(reason('money.rate-invalid'));
  });
});
