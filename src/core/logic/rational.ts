/** A fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: Rational = { numerator: 0n, denominator: 1n };
export const ONE: Rational = { numerator: 1n, denominator: 1n };
export const HALF: Rational = { numerator: 1n, denominator: 2n };

/** `numerator` / `denominator`, which is not 0. */
export function ratio(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 1n) return { numerator, denominator };
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestDivisor(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The decimal that a finite number stands for, as it was typed: 0.1 is one tenth. */
export function fromNumber(value: number): Rational {
  if (Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? ratio(digits, 10n ** BigInt(scale)) : ratio(digits * 10n ** BigInt(-scale), 1n);
}

/** The number nearest to a fraction whose denominator has only the factors 2 and 5, as that of a decimal. */
export function toNumber({ numerator, denominator }: Rational): number {
  return Number(numerator) / Number(denominator);
}

export function plus(one: Rational, other: Rational): Rational {
  if (one.denominator === 1n && other.denominator === 1n) {
    return { numerator: one.numerator + other.numerator, denominator: 1n };
  }
  return ratio(
    one.numerator * other.denominator + other.numerator * one.denominator,
    one.denominator * other.denominator,
  );
}

export function times(one: Rational, other: Rational): Rational {
  return ratio(one.numerator * other.numerator, one.denominator * other.denominator);
}

export function negated({ numerator, denominator }: Rational): Rational {
  return { numerator: -numerator, denominator };
}

/** 1 / `value`, which is not 0. */
export function inverse({ numerator, denominator }: Rational): Rational {
  return ratio(denominator, numerator);
}

export function minus(one: Rational, other: Rational): Rational {
  return plus(one, negated(other));
}

/** Below 0, 0 or above 0 as `one` is below, equal to or above `other`. */
export function compareRational(one: Rational, other: Rational): number {
  const difference = one.numerator * other.denominator - other.numerator * one.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The greatest whole number that is not above. */
export function floorOf({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** The greatest common divisor, positive; of 0 and 0 it is 1. */
export function greatestDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
