// Facts and thresholds are decimals that people wrote. In binary floating point 64.4 - 54.4 is 10.000000000000007 and
// (3 + 3 + 3.6) / 3 is less than 3.2, so a region would pass or fail by a rounding error. Here the digits are taken as
// written, the calculation is done in whole numbers, and only its result is rounded, once, to the nearest number.
// Up to six places and fifteen digits the whole numbers fit into ordinary ones, and one division rounds once: that is
// some fifty times faster than the way through text, and the same.

/** `digits` / 10^`scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Digits kept of a quotient that does not end, beyond the length of its divisor: more than a number can hold. */
const QUOTIENT_DIGITS = 20;

const PERCENT = 100;

/** Whole numbers per unit on the short way. */
const MICROS = 1_000_000;

/** A number of up to fifteen digits is the only one that is written so: the digits can be read back from it. */
const READABLE_MAX = 1e15;

/** The sum; 0 for no values. */
export function exactSum(values: readonly number[]): number {
  const micros = sumOfMicros(values);
  return micros === null ? toNumber(sum(values)) : micros / MICROS;
}

/** The arithmetic mean of at least one value. */
export function exactMean(values: readonly number[]): number {
  const micros = sumOfMicros(values);
  return micros === null
    ? quotient(sum(values), toDecimal(values.length))
    : micros / (MICROS * values.length);
}

/** 100 * `part` / the sum of `parts`, in percent; 0 where that sum is 0. */
export function exactShare(part: number, parts: readonly number[]): number {
  const [micros, wholeMicros] = [sumOfMicros([part]), sumOfMicros(parts)];
  if (micros !== null && wholeMicros !== null && Math.abs(micros) < READABLE_MAX / PERCENT) {
    return wholeMicros === 0 ? 0 : (micros * PERCENT) / wholeMicros + 0; // never -0
  }
  const whole = sum(parts);
  const { digits, scale } = toDecimal(part);
  return whole.digits === 0n ? 0 : quotient({ digits: digits * 100n, scale }, whole);
}

/** Null if a value has more places or digits, or the sum would no longer be exact. */
function sumOfMicros(values: readonly number[]): number | null {
  let total = 0;
  for (const value of values) {
    const micros = Math.round(value * MICROS);
    if (micros / MICROS !== value || Math.abs(micros) >= READABLE_MAX) return null;
    total += micros;
  }
  return Math.abs(total) < READABLE_MAX ? total + 0 : null; // never -0
}

function sum(values: readonly number[]): Decimal {
  const decimals = values.map(toDecimal);
  const scale = Math.max(0, ...decimals.map((decimal) => decimal.scale));
  const digits = decimals.reduce((total, each) => total + each.digits * power10(scale - each.scale), 0n);
  return { digits, scale };
}

function quotient(dividend: Decimal, divisor: Decimal): number {
  const extra = QUOTIENT_DIGITS + String(divisor.digits).length;
  const digits = (dividend.digits * power10(extra)) / divisor.digits;
  return toNumber({ digits, scale: dividend.scale - divisor.scale + extra });
}

/** The shortest decimal that stands for a finite number: what was typed. */
function toDecimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * power10(-scale), scale: 0 };
}

function toNumber({ digits, scale }: Decimal): number {
  return Number(`${digits}e${-scale}`);
}

function power10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
