import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { dateSpan } from '../calendar/date-span.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { FactScalar } from '../facts/fact-value.js';
import { begunMonthsBetween, daysBetween, fewestWorkingDaysBetween } from '../logic/date-arithmetic.js';
import { exactMean, exactShare, exactSum } from '../logic/exact-decimal.js';
import { exactly, type Interval } from '../logic/interval.js';
import type { GateContext } from './evaluate-gate.js';

/** Stands for a value that is not known; json-rules-engine takes null for a value like any other. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** What the second evaluator compares: a scalar, the days or numbers between which a value lies, or `UNKNOWN`. */
export type SecondOperand = FactScalar | Interval | typeof UNKNOWN;

/** The functions of conditions, as dynamic facts of json-rules-engine. */
export const FUNCTION_FACTS = [
  'days-between',
  'months-between',
  'working-days-between',
  'sum',
  'mean',
  'share',
  'difference',
] as const;

type Params = Readonly<Record<string, unknown>>;

/** The value of a fact by its name: recorded, derived, or `today`. */
export function factOperand(name: string, catalogue: FactCatalogue, context: GateContext): SecondOperand {
  if (name === 'today') return exactly(toDayNumber(context.today));
  const parts = catalogue.get(name)?.meanOf;
  if (parts !== undefined) return functionOperand('mean', { of: parts }, catalogue, context);

  const found = context.facts.get(name);
  if (found === undefined) return UNKNOWN;
  if (catalogue.get(name)?.type.kind !== 'date') return found.value;
  const span = dateSpan(found.value as CalendarDate, found.precision ?? 'day');
  return { lo: toDayNumber(span.earliest), hi: toDayNumber(span.latest) };
}

/** The value of a function with the params of the file, whose names and types the parser has checked. */
export function functionOperand(
  name: (typeof FUNCTION_FACTS)[number],
  params: Params,
  catalogue: FactCatalogue,
  context: GateContext,
): SecondOperand {
  const operands = (key: string) =>
    [params[key]].flat().map((fact) => factOperand(String(fact), catalogue, context));
  const asked = ['of', 'in', 'minus', 'from', 'to'].filter((key) => key in params).flatMap(operands);
  if (asked.includes(UNKNOWN)) return UNKNOWN;

  const numbers = (key: string) => operands(key).map(Number);
  const [of = Number.NaN] = 'of' in params ? numbers('of') : [];
  switch (name) {
    case 'sum':
      return exactSum(numbers('of'));
    case 'mean':
      return exactMean(numbers('of'));
    case 'difference':
      return exactSum([of, ...numbers('minus').map((value) => -value)]);
    case 'share':
      return exactShare(of, numbers('in'));
    default: {
      const [from, to] = [...operands('from'), ...operands('to')];
      return isInterval(from) && isInterval(to) ? time(name, params, [from, to], context) : UNKNOWN;
    }
  }
}

export function isInterval(operand: unknown): operand is Interval {
  return typeof operand === 'object' && operand !== null && 'lo' in operand;
}

function time(
  name: 'days-between' | 'months-between' | 'working-days-between',
  params: Params,
  [from, to]: readonly [Interval, Interval],
  { calendar, neighbourCalendars }: GateContext,
): SecondOperand {
  if (name === 'days-between') return daysBetween(from, to);
  if (name === 'months-between') return begunMonthsBetween(from, to);
  const others = params['calendar'] === 'neighbours' ? neighbourCalendars : [];
  return fewestWorkingDaysBetween(others.length > 0 ? others : [calendar], from, to) ?? UNKNOWN;
}
