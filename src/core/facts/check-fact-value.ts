import { parseCalendarDate } from '../calendar/calendar-date.js';
import { DATE_PRECISIONS, dateSpan, type DatePrecision } from '../calendar/date-span.js';
import type { ErrorCode } from '../terms/error-code.js';
import { hasInvisibleCharacters } from '../terms/invisible-characters.js';
import type { FactDefinition } from './fact-catalogue.js';
import { TEXT_LENGTH_MAX, type FactType } from './fact-type.js';
import type { FactScalar } from './fact-value.js';

export type CheckedFactValue =
  | {
      readonly ok: FactScalar;
      /** Of a date, `day` where none was given; null for every other type. */
      readonly precision: DatePrecision | null;
    }
  | { readonly problem: { readonly code: ErrorCode; readonly message: string } };

/**
 * Whether a value that somebody wants to record suits its fact.
 *
 * Nothing is converted: a number in quotes, `1` for true, NaN and the infinities are refused. Only -0 becomes 0.
 * `precision` is for dates alone; null or undefined: none was given.
 *
 * Codes: `fact.wrong-type`, `fact.out-of-range` (a number outside the closed range, a word that is not in the
 * enumeration, a text that is too long), `fact.invalid-date` (another form than `YYYY-MM-DD`, a day that does not
 * exist, a span that leaves the calendar), `fact.precision-not-applicable`.
 */
export function checkFactValue(
  definition: FactDefinition,
  value: unknown,
  precision: unknown,
): CheckedFactValue {
  const { type } = definition;
  if (type.kind === 'date') return checkDate(value, precision ?? 'day');
  if (precision !== null && precision !== undefined) {
    return refuse('fact.precision-not-applicable', 'Only a date has a precision.');
  }
  return checkScalar(type, value);
}

function checkScalar(type: Exclude<FactType, { kind: 'date' }>, value: unknown): CheckedFactValue {
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean'
        ? accept(value)
        : refuse('fact.wrong-type', 'Expected true or false.');
    case 'integer':
    case 'decimal':
      return checkNumber(type, value);
    case 'enum':
      if (typeof value !== 'string') return refuse('fact.wrong-type', 'Expected one of the listed words.');
      return type.values.includes(value)
        ? accept(value)
        : refuse('fact.out-of-range', `Expected one of: ${type.values.join(', ')}.`);
    case 'text':
      return checkText(value);
  }
}

function checkNumber(
  type: Extract<FactType, { kind: 'integer' | 'decimal' }>,
  value: unknown,
): CheckedFactValue {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return refuse('fact.wrong-type', `Expected a number (${type.unit}).`);
  }
  if (type.kind === 'integer' && !Number.isInteger(value)) {
    return refuse('fact.wrong-type', `Expected a whole number (${type.unit}).`);
  }
  return value >= type.min && value <= type.max
    ? accept(value + 0) // -0 + 0 is 0
    : refuse('fact.out-of-range', `Expected ${type.min} to ${type.max} (${type.unit}).`);
}

function checkText(value: unknown): CheckedFactValue {
  if (typeof value !== 'string' || value.trim() === '') return refuse('fact.wrong-type', 'Expected a text.');
  if (hasInvisibleCharacters(value)) {
    return refuse('fact.wrong-type', 'Expected a text of one line, without invisible characters.');
  }
  return value.length <= TEXT_LENGTH_MAX
    ? accept(value)
    : refuse('fact.out-of-range', `Expected at most ${TEXT_LENGTH_MAX} characters.`);
}

function checkDate(value: unknown, precision: unknown): CheckedFactValue {
  if (typeof value !== 'string') return refuse('fact.wrong-type', 'Expected a date, YYYY-MM-DD.');
  const known = DATE_PRECISIONS.find((word) => word === precision);
  if (known === undefined) {
    return refuse('fact.precision-not-applicable', `Expected one of: ${DATE_PRECISIONS.join(', ')}.`);
  }
  const date = parseCalendarDate(value);
  if (date === null) return refuse('fact.invalid-date', 'Expected a day that exists, YYYY-MM-DD.');
  try {
    dateSpan(date, known);
  } catch {
    return refuse('fact.invalid-date', 'The date is too near to the end of the calendar to be approximate.');
  }
  return { ok: value, precision: known };
}

function accept(value: FactScalar): CheckedFactValue {
  return { ok: value, precision: null };
}

function refuse(code: ErrorCode, message: string): CheckedFactValue {
  return { problem: { code, message } };
}
