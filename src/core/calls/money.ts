import type { CalendarDate } from '../calendar/calendar-date.js';
import type { Rational } from '../logic/rational.js';
import { callError } from './call-error.js';

/** ISO 4217; both have two places. */
export const CURRENCIES = ['EUR', 'CHF'] as const;

export type Currency = (typeof CURRENCIES)[number];

/** An amount, exact to the cent or centime; may be negative. Never a floating point number. */
export interface Money {
  /** Hundredths of the currency. */
  readonly minor: bigint;
  readonly currency: Currency;
}

/** What one unit of `from` was worth in units of `to` on a day. */
export interface ExchangeRate {
  readonly from: Currency;
  readonly to: Currency;
  readonly rate: Rational;
  readonly on: CalendarDate;
}

const PLACES = 2;
const MINOR_PER_UNIT = 10n ** BigInt(PLACES);

/** Before the point. Far more than any budget, and what `numeric(17, 2)` holds. */
export const MONEY_DIGITS_MAX = 15;

const DECIMAL = new RegExp(`^(-?)(0|[1-9]\\d{0,${MONEY_DIGITS_MAX - 1}})(?:\\.(\\d{1,${PLACES}}))?$`);

export function zero(currency: Currency): Money {
  return { minor: 0n, currency };
}

/**
 * Reads a decimal: `1250000.00`, `1250000`, `-0.5`. No separators of thousands, no exponent, at most two places: a third
 * one would have to be rounded, and nobody said how.
 *
 * @throws DomainError `definition.invalid` with the reason `money.malformed`
 */
export function parseMoney(text: string, currency: Currency): Money {
  const [, sign, units = '', places = ''] = DECIMAL.exec(text) ?? [];
  if (units === '') throw callError('money.malformed', { text, currency });
  const minor = BigInt(units) * MINOR_PER_UNIT + BigInt(places.padEnd(PLACES, '0'));
  return { minor: sign === '-' ? -minor : minor, currency };
}

/** The decimal with both places, as `parseMoney` reads it: `1250000.00`. */
export function formatMoney({ minor }: Money): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(PLACES + 1, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** @throws DomainError `definition.invalid` with the reason `money.currency-differs` */
export function addMoney(one: Money, other: Money): Money {
  checkSameCurrency(one, other);
  return { minor: one.minor + other.minor, currency: one.currency };
}

/** @throws DomainError `definition.invalid` with the reason `money.currency-differs` */
export function subtractMoney(one: Money, other: Money): Money {
  checkSameCurrency(one, other);
  return { minor: one.minor - other.minor, currency: one.currency };
}

/** The sum of amounts that are all in `currency`; zero for none. @throws DomainError as `addMoney` */
export function sumMoney(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(addMoney, zero(currency));
}

/**
 * Below 0, 0 or above 0 as `one` is less than, equal to or more than `other`.
 *
 * @throws DomainError `definition.invalid` with the reason `money.currency-differs`
 */
export function compareMoney(one: Money, other: Money): number {
  checkSameCurrency(one, other);
  return one.minor < other.minor ? -1 : one.minor > other.minor ? 1 : 0;
}

/**
 * Shares an amount in proportion to `weights`, so that the parts add up to it: each part is first rounded down to the
 * cent, and the cents that are left go one each to the parts that lost most by that, the earlier ones first among
 * equals (largest remainder). A negative amount is shared as its opposite is.
 *
 * @param weights not negative, not all zero
 * @throws DomainError `definition.invalid` with the reason `money.shares-invalid`
 */
export function shareMoney({ minor, currency }: Money, weights: readonly bigint[]): Money[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole <= 0n || weights.some((weight) => weight < 0n)) {
    throw callError('money.shares-invalid', { weights: weights.map(String) });
  }
  const sign = minor < 0n ? -1n : 1n;
  const amount = minor * sign;
  const parts = weights.map((weight) => (amount * weight) / whole);
  const left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const order = weights
    .map((weight, index) => ({ index, lost: (amount * weight) % whole }))
    .toSorted((one, other) =>
      one.lost > other.lost ? -1 : one.lost < other.lost ? 1 : one.index - other.index,
    );
  const lucky = new Set(order.slice(0, Number(left)).map(({ index }) => index));
  return parts.map((part, index) => ({ minor: (part + (lucky.has(index) ? 1n : 0n)) * sign, currency }));
}

/**
 * The amount in the other currency at a rate that somebody states, rounded to the nearest cent, the half away from zero.
 *
 * @returns with the rate, so that whoever keeps the amount can keep where it comes from
 * @throws DomainError `definition.invalid` with the reason `money.currency-differs` if the rate is not from the amount's
 *   currency, `money.rate-invalid` if it is not positive
 *
 * Source of the rounding: Council Regulation (EC) No 1103/97, Article 5.
 */
export function convertMoney(
  amount: Money,
  rate: ExchangeRate,
): { readonly money: Money; readonly rate: ExchangeRate } {
  const { numerator, denominator } = rate.rate;
  if (amount.currency !== rate.from) {
    throw callError('money.currency-differs', { currencies: [amount.currency, rate.from] });
  }
  if (numerator <= 0n || denominator <= 0n) {
    throw callError('money.rate-invalid', { rate: `${numerator}/${denominator}` });
  }
  const sign = amount.minor < 0n ? -1n : 1n;
  const minor = (2n * amount.minor * sign * numerator + denominator) / (2n * denominator);
  return { money: { minor: minor * sign, currency: rate.to }, rate };
}

function checkSameCurrency(one: Money, other: Money): void {
  if (one.currency === other.currency) return;
  throw callError('money.currency-differs', { currencies: [one.currency, other.currency] });
}
