import { parseCalendarDate, toDayNumber } from '../calendar/calendar-date.js';
import type { Leaf } from './condition.js';
import type { LeafOutcome, OutcomeValue } from './evaluate-condition.js';
import type { Interval } from './interval.js';
import type { DateTerm, Term } from './term.js';
import { typeOfTerm } from './term-type.js';

/** How far a comparison is from coming out the other way. */
export interface LeafMargin {
  /** JSON pointer from the root of the rule's `conditions`. */
  readonly pointer: string;
  readonly fact: string;
  readonly result: LeafOutcome['result'];
  /** By how much the left side would have to change, in `unit`; null: the comparison is unknown. */
  readonly distance: number | null;
  /** The unit of the fact; `days`, `months`, `percent`; `step` for a word or a yes or no, which is 1 away. */
  readonly unit: string;
  /** Whether the distance itself is enough, or has to be passed: only with decimals. */
  readonly flips: 'at' | 'beyond';
}

/** The margin of a leaf as it came out. Where a date is vague, the end that is nearest to turning counts. */
export function leafMargin({ left, operator }: Leaf, outcome: LeafOutcome): LeafMargin {
  const { pointer, fact, result, actual, required } = outcome;
  const type = typeOfTerm(left);
  const isDecimal = type.kind === 'number' && type.counts === 'decimal';
  const margin = (distance: number | null, flips: LeafMargin['flips'] = 'at'): LeafMargin => ({
    pointer,
    fact,
    result,
    distance,
    unit: unitOf(left),
    flips,
  });
  if (result === 'unknown' || operator === 'isKnown') return margin(null);
  const [one, other] = [endsOf(actual), endsOf(required)];
  if (type.kind !== 'number' && type.kind !== 'date') return margin(1);
  if (one === null || other === null) return margin(null);
  const passes = result === 'pass';
  switch (operator) {
    case 'equal':
    case 'notEqual':
      return margin((operator === 'equal') === passes ? 1 : gap(one, other));
    default: {
      const isInclusive = operator.endsWith('Inclusive');
      // A comparison that includes its limit holds at the limit: to turn, it has to go past it, the other need not.
      const turnsPast = isInclusive === passes;
      const distance = gap(one, other);
      return isDecimal
        ? margin(distance, turnsPast ? 'beyond' : 'at')
        : margin(distance + (turnsPast ? 1 : 0));
    }
  }
}

/** Between the ends of two intervals that face each other. */
function gap(one: Interval, other: Interval): number {
  return Math.max(0, one.lo - other.hi, other.lo - one.hi);
}

function endsOf(value: OutcomeValue | null): Interval | null {
  if (typeof value === 'number') return { lo: value, hi: value };
  if (typeof value === 'string') {
    const date = parseCalendarDate(value);
    return date === null ? null : { lo: toDayNumber(date), hi: toDayNumber(date) };
  }
  if (typeof value !== 'object' || value === null) return null;
  if ('least' in value) return { lo: value.least, hi: value.most };
  return 'earliest' in value ? { lo: toDayNumber(value.earliest), hi: toDayNumber(value.latest) } : null;
}

/** The unit in which a term is measured. */
export function unitOf(term: Term | DateTerm): string {
  switch (term.kind) {
    case 'fact':
      if (term.type.kind === 'date') return 'days';
      return 'unit' in term.type ? term.type.unit : 'step';
    case 'today':
    case 'days-between':
      return 'days';
    case 'working-days-between':
      return 'working days';
    case 'months-between':
      return 'months';
    case 'share':
      return 'percent';
    case 'derived':
    case 'sum':
    case 'mean': {
      const [first] = term.of;
      return first === undefined ? 'step' : unitOf(first);
    }
    case 'difference':
      return unitOf(term.of);
  }
}
