import type { Grammar } from './grammar.js';

/**
 * A finite number in plain digits, all of them and no others, without a separator of thousands: `0,0000001` where
 * JavaScript writes `1e-7`. Read back it is the same number, -0 included.
 */
export function spellNumber(value: number, separator: Grammar['decimalSeparator']): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0${separator}${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}${separator}${digits.slice(point)}`;
}

/** The number that `spellNumber` writes so; null for any other way of writing: `3,50`, `007`, more digits than count. */
export function readNumber(text: string, separator: Grammar['decimalSeparator']): number | null {
  const value = Number(text.replace(separator, '.'));
  return Number.isFinite(value) && spellNumber(value, separator) === text ? value : null;
}
