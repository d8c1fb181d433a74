import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { dateSpan } from '../calendar/date-span.js';
import type { FactScalar, FactValue } from '../facts/fact-value.js';
import { DomainError } from '../terms/domain-error.js';
import type { Value } from './compare.js';
import { begunMonthsBetween, daysBetween, fewestWorkingDaysBetween } from './date-arithmetic.js';
import type { EvaluationContext } from './evaluation-context.js';
import { exactMean, exactShare, exactSum } from './exact-decimal.js';
import { exactly, type Interval } from './interval.js';
import { factsOfTerm, type DateTerm, type NumberTerm, type Term } from './term.js';

/** The value of a term, or what stands in its way. */
export interface TermValue {
  /** Null: not known, because of `missing`, or of `imprecise` if nothing is missing. */
  readonly value: Value | null;
  /** Names of the facts that have no value. */
  readonly missing: readonly string[];
  /** Names of the facts whose date is vague, or outside the years of the calendar that was asked. */
  readonly imprecise: readonly string[];
}

/** Works out a term from the facts of the context, which have passed `checkFactValue`. */
export function evaluateTerm(term: Term, context: EvaluationContext): TermValue {
  const names = factsOfTerm(term).map((fact) => fact.name);
  const missing = names.filter((name) => !context.facts.has(name));
  if (missing.length > 0) return { value: null, missing, imprecise: [] };

  const value = valueOf(term, context);
  const imprecise = names.filter((name) => value === null || isVague(recorded(name, context)));
  return { value, missing, imprecise };
}

/** A scalar as a value: a number, or the day of a date, as an interval. */
export function valueOfScalar(scalar: FactScalar, isDate: boolean): Value {
  if (typeof scalar === 'number') return exactly(scalar);
  return isDate && typeof scalar === 'string' ? exactly(toDayNumber(scalar as CalendarDate)) : scalar;
}

/** Null only where the calendar does not cover the days; no fact of the term is missing. */
function valueOf(term: Term, context: EvaluationContext): Value | null {
  const number = (of: NumberTerm) => numberOf(of, context);
  switch (term.kind) {
    case 'fact':
      return term.type.kind === 'date'
        ? dayOf(term, context)
        : valueOfScalar(recorded(term.name, context).value, false);
    case 'derived':
    case 'mean':
      return exactly(exactMean(term.of.map(number)));
    case 'sum':
      return exactly(exactSum(term.of.map(number)));
    case 'difference':
      return exactly(exactSum([number(term.of), -number(term.minus)]));
    case 'share':
      return exactly(exactShare(number(term.of), term.in.map(number)));
    case 'days-between':
      return daysBetween(dayOf(term.from, context), dayOf(term.to, context));
    case 'months-between':
      return begunMonthsBetween(dayOf(term.from, context), dayOf(term.to, context));
    case 'working-days-between': {
      const { calendar, neighbourCalendars } = context;
      const asksOthers = term.calendar === 'neighbours' && neighbourCalendars.length > 0;
      const calendars = asksOthers ? neighbourCalendars : [calendar];
      return fewestWorkingDaysBetween(calendars, dayOf(term.from, context), dayOf(term.to, context));
    }
  }
}

function dayOf(term: DateTerm, context: EvaluationContext): Interval {
  if (term.kind === 'today') return exactly(toDayNumber(context.today));
  const { value, precision } = recorded(term.name, context);
  const { earliest, latest } = dateSpan(value as CalendarDate, precision ?? 'day');
  return { lo: toDayNumber(earliest), hi: toDayNumber(latest) };
}

/** Numbers are always exact: either end will do. */
function numberOf(term: NumberTerm, context: EvaluationContext): number {
  const value = valueOf(term, context);
  return typeof value === 'object' && value !== null ? value.lo : Number.NaN;
}

function recorded(name: string, { facts }: EvaluationContext): FactValue {
  const found = facts.get(name);
  if (found === undefined)
    throw new DomainError('internal', { fact: name, reason: 'asked before it is known' });
  return found;
}

function isVague({ precision }: FactValue): boolean {
  return precision !== null && precision !== 'day';
}
