import { parseCalendarDate, toDayNumber } from '../calendar/calendar-date.js';
import type { FactScalar } from '../facts/fact-value.js';
import { compareIntervals } from './compare.js';
import { exactly, type Interval } from './interval.js';
import type { Operator } from './operator.js';
import { spellTerm, type Operand, type Term } from './term.js';
import { typeOfTerm, type TermType } from './term-type.js';

/** What is wrong with a comparison, and at which part of the leaf. */
export interface Fault {
  readonly at: 'operator' | 'value';
  readonly code: 'rule.type-mismatch' | 'rule.equality-of-dates' | 'rule.constant-out-of-range';
  readonly message: string;
}

/**
 * Whether a term may be compared with an operand by an operator: of one type, and so that the facts decide.
 *
 * `rule.type-mismatch`: the two sides differ, or the operator is not for their type. `rule.equality-of-dates`: dates
 * and numbers of days or months may be vague and are compared by order only. `rule.constant-out-of-range`: under the
 * range of the facts the comparison is always true or never, for at least one value that the right side can have.
 *
 * Null: nothing is wrong.
 */
export function checkComparison(
  left: Term,
  operator: Operator,
  right: Operand,
  parameters: ReadonlyMap<string, readonly FactScalar[]>,
): Fault | null {
  const type = typeOfTerm(left);
  if (operator === 'isKnown') return checkIsKnown(left, right);
  const fault = checkOperator(operator, type);
  if (fault !== null) return fault;
  switch (right.kind) {
    case 'list':
      return checkList(operator, type, right.values);
    case 'constant':
      return checkScalar(operator, type, right.value);
    case 'parameter': {
      const faults = (parameters.get(right.name) ?? []).map((value) => checkScalar(operator, type, value));
      return faults.find((each) => each !== null) ?? null;
    }
    default:
      return spellTerm(left) === spellTerm(right)
        ? always('Both sides are the same.')
        : checkTerms(operator, type, right);
  }
}

function checkIsKnown(left: Term, right: Operand): Fault | null {
  if (left.kind !== 'fact' && left.kind !== 'derived') {
    return mismatch('operator', 'isKnown asks for a fact, not for a function.');
  }
  const asksTrue = right.kind === 'constant' && right.value === true;
  return asksTrue ? null : mismatch('value', 'isKnown is compared with true.');
}

function checkOperator(operator: Operator, type: TermType): Fault | null {
  const isTime = type.kind === 'date' || (type.kind === 'number' && type.counts === 'time');
  switch (operator) {
    case 'lessThan':
    case 'lessThanInclusive':
    case 'greaterThan':
    case 'greaterThanInclusive':
      return type.kind === 'number' || type.kind === 'date'
        ? null
        : mismatch('operator', `${operator} is for numbers and dates.`);
    case 'equal':
    case 'notEqual':
      if (isTime) return equalityOfDates();
      return type.kind === 'number' && type.counts === 'decimal'
        ? mismatch('operator', `${operator} is not for decimals: measure them from one side.`)
        : null;
    default:
      if (isTime) return equalityOfDates();
      return type.kind === 'enum' || type.kind === 'text'
        ? null
        : mismatch('operator', `${operator} is for words and texts.`);
  }
}

function checkList(operator: Operator, type: TermType, values: readonly string[]): Fault | null {
  if (operator !== 'in' && operator !== 'notIn')
    return mismatch('value', `${operator} takes a single value.`);
  if (type.kind !== 'enum') return null;
  const stranger = values.find((value) => !type.values.includes(value));
  if (stranger !== undefined)
    return always(`${JSON.stringify(stranger)} is not among: ${type.values.join(', ')}.`);
  return type.values.every((value) => values.includes(value)) ? always('Every word is listed.') : null;
}

function checkScalar(operator: Operator, type: TermType, value: FactScalar): Fault | null {
  if (operator === 'in' || operator === 'notIn')
    return mismatch('value', `${operator} takes a list of texts.`);
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : mismatch('value', 'Expected true or false.');
    case 'text':
      return typeof value === 'string' ? null : mismatch('value', 'Expected a text.');
    case 'enum':
      if (typeof value !== 'string') return mismatch('value', 'Expected a word of the enumeration.');
      return type.values.includes(value) ? null : always(`The only words are: ${type.values.join(', ')}.`);
    case 'date': {
      const date = typeof value === 'string' ? parseCalendarDate(value) : null;
      return date === null
        ? mismatch('value', 'Expected a day that exists, YYYY-MM-DD.')
        : checkRange(operator, type.range, exactly(toDayNumber(date)));
    }
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value))
        return mismatch('value', 'Expected a number.');
      if (isEquality(operator) && !Number.isInteger(value))
        return always('A count is never equal to a fraction.');
      return checkRange(operator, type.range, exactly(value));
  }
}

function checkTerms(operator: Operator, type: TermType, right: Term): Fault | null {
  if (operator === 'in' || operator === 'notIn')
    return mismatch('value', `${operator} takes a list of texts.`);
  const other = typeOfTerm(right);
  if (other.kind !== type.kind) return mismatch('value', `${spellTerm(right)} is of another type.`);
  const fault = checkOperator(operator, other);
  if (fault !== null) return { ...fault, at: 'value' };
  if ('range' in type && 'range' in other) return checkRange(operator, type.range, other.range);
  if (type.kind !== 'enum' || other.kind !== 'enum') return null;
  return type.values.some((value) => other.values.includes(value)) ? null : always('They share no word.');
}

/** Definite for the whole ranges means: definite whatever the facts are. */
function checkRange(operator: Operator, left: Interval, right: Interval): Fault | null {
  const truth = compareIntervals(operator, left, right);
  if (truth === null) return null;
  return always(`The fact is between ${left.lo} and ${left.hi}: this is ${truth ? 'always' : 'never'} so.`);
}

function isEquality(operator: Operator): boolean {
  return operator === 'equal' || operator === 'notEqual';
}

function equalityOfDates(): Fault {
  const message = 'Dates, and numbers of days or months, are compared by order only.';
  return { at: 'operator', code: 'rule.equality-of-dates', message };
}

function mismatch(at: Fault['at'], message: string): Fault {
  return { at, code: 'rule.type-mismatch', message };
}

function always(message: string): Fault {
  return { at: 'value', code: 'rule.constant-out-of-range', message };
}
