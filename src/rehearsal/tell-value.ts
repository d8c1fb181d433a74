import type { DatePrecision } from '../core/calendar/date-span.js';
import type { OutcomeValue } from '../core/logic/evaluate-condition.js';
import type { Operator } from '../core/logic/operator.js';
import type { AwaitedFact, Shortfall } from './rehearsal-event.js';

const YEAR_LENGTH = 4;
const MONTH_LENGTH = 7;
/** Shares and means are told to one decimal. */
const DECIMAL_STEPS = 10;

/** A value as a person writes it: a date as exactly as it is known. */
export function tellValue(value: boolean | number | string, precision: DatePrecision | null = null): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(Math.round(value * DECIMAL_STEPS) / DECIMAL_STEPS);
  switch (precision) {
    case 'month':
      return value.slice(0, MONTH_LENGTH);
    case 'year':
      return value.slice(0, YEAR_LENGTH);
    case 'approximate':
      return `about ${value}`;
    default:
      return value;
  }
}

const NEEDS: Readonly<Record<Operator, string>> = {
  equal: 'needs',
  notEqual: 'must not be',
  lessThan: 'needs less than',
  lessThanInclusive: 'needs at most',
  greaterThan: 'needs more than',
  greaterThanInclusive: 'needs at least',
  in: 'needs one of',
  notIn: 'must be none of',
  isKnown: 'must be known',
};
const NEEDS_DATE: Partial<Readonly<Record<Operator, string>>> = {
  lessThan: 'must be before',
  lessThanInclusive: 'must not be after',
  greaterThan: 'must be after',
  greaterThanInclusive: 'must not be before',
};
const A_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** One comparison that did not come out right: what there is, and what it should be. */
export function tellShortfall({ subject, actual, operator, required }: Shortfall): string {
  const isDate = [actual, required].some((value) => typeof value === 'string' && A_DATE.test(value));
  const needs = (isDate ? NEEDS_DATE[operator] : undefined) ?? NEEDS[operator];
  const wanted = operator === 'isKnown' ? needs : `${needs} ${tellOutcome(required)}`;
  return `${subject}: ${tellOutcome(actual)}, ${wanted}`;
}

function tellOutcome(value: OutcomeValue | null): string {
  if (value === null) return 'not known';
  if (typeof value !== 'object') return tellValue(value);
  if ('earliest' in value) return `${value.earliest} to ${value.latest}`;
  if ('least' in value) return `${value.least} to ${value.most}`;
  return value.join(', ');
}

/** One line for each owner of awaited facts; in a family of facts only the first is named in full. */
export function tellMissing(missing: readonly AwaitedFact[]): readonly string[] {
  return [...Map.groupBy(missing, ({ owner }) => owner)].map(([owner, facts]) => {
    const names = facts.map(({ fact, reason }, index) => {
      const name = tellName(fact, facts[index - 1]?.fact);
      return reason === 'missing' ? name : `${name} (${reason})`;
    });
    return `waits for ${tellRole(owner)}: ${names.join(' ')}`;
  });
}

/** A fact's name; after one of the same family only its last part: `edw.participants.public`, `.civil`. */
export function tellName(fact: string, previous: string | undefined): string {
  return previous !== undefined && familyOf(previous) === familyOf(fact)
    ? fact.slice(familyOf(fact).length)
    : fact;
}

function familyOf(fact: string): string {
  return fact.slice(0, fact.lastIndexOf('.'));
}

export function tellRole(role: string): string {
  return role.replaceAll('_', ' ');
}
