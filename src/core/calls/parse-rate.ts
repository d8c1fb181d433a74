import { parseCalendarDate } from '../calendar/calendar-date.js';
import { ratio } from '../logic/rational.js';
import { callError } from './call-error.js';
import type { Currency, ExchangeRate } from './money.js';

/** A rate is published with four to six places; two more leave room. */
export const RATE_PLACES_MAX = 8;

/** A positive decimal, as a rate is written: `1.0845`. */
export const RATE_PATTERN = new RegExp(`^(?:0|[1-9]\\d{0,5})(?:\\.\\d{1,${RATE_PLACES_MAX}})?$`);

/**
 * Reads an exchange rate, exactly as it was published.
 *
 * @throws DomainError `definition.invalid` with the reason `money.rate-invalid` for another form, 0, or no day
 */
export function parseRate(stored: {
  readonly from: Currency;
  readonly to: Currency;
  readonly rate: string;
  readonly on: string;
}): ExchangeRate {
  const { from, to, rate } = stored;
  const on = parseCalendarDate(stored.on);
  const [whole = '', places = ''] = rate.split('.');
  const numerator = RATE_PATTERN.test(rate) ? BigInt(whole + places) : 0n;
  if (on === null || numerator === 0n || from === to) throw callError('money.rate-invalid', { ...stored });
  return { from, to, rate: ratio(numerator, 10n ** BigInt(places.length)), on };
}
