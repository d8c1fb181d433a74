import type { FactScalar } from '../facts/fact-value.js';
import type { Value } from './compare.js';
import { begunMonthsBetween, daysBetween, fewestWorkingDaysBetween } from './date-arithmetic.js';
import { exactMean, exactShare, exactSum } from './exact-decimal.js';
import type { FactFrame } from './fact-frame.js';
import { exactly, type Interval } from './interval.js';
import type { DateTerm, NumberTerm, Term } from './term.js';

/** Reads a value out of a loaded frame; null where it is not known. */
export type Reader<T> = (frame: FactFrame) => T | null;

/** What `evaluateTerm` works out, as a function of the frame, without the names of what stands in its way. */
export function compileTerm(term: Term, frame: FactFrame): Reader<Value> {
  switch (term.kind) {
    case 'fact': {
      const slot = frame.slotOf(term);
      return ['boolean', 'enum', 'text'].includes(term.type.kind)
        ? ({ recorded }) => wordOf(recorded[slot]?.value)
        : (frame) => frame.intervalAt(slot);
    }
    case 'derived':
    case 'mean':
      return numbers(term.of, frame, exactMean);
    case 'sum':
      return numbers(term.of, frame, exactSum);
    case 'difference':
      return numbers([term.of, term.minus], frame, ([of = 0, minus = 0]) => exactSum([of, -minus]));
    case 'share':
      return numbers([term.of, ...term.in], frame, ([part = 0, ...parts]) => exactShare(part, parts));
    case 'days-between':
      return between(term, frame, daysBetween);
    case 'months-between':
      return between(term, frame, begunMonthsBetween);
    case 'working-days-between': {
      const asksOthers = term.calendar === 'neighbours';
      return between(term, frame, (from, to, { calendar, neighbourCalendars }) =>
        fewestWorkingDaysBetween(
          asksOthers && neighbourCalendars.length > 0 ? neighbourCalendars : [calendar],
          from,
          to,
        ),
      );
    }
  }
}

function wordOf(value: FactScalar | undefined): Value | null {
  return value === undefined || typeof value === 'number' ? null : value;
}

function numbers(
  terms: readonly NumberTerm[],
  frame: FactFrame,
  combine: (values: readonly number[]) => number,
): Reader<Interval> {
  const parts = terms.map((term) => compileTerm(term, frame));
  return (frame) => {
    const values: number[] = [];
    for (const part of parts) {
      const value = part(frame);
      if (value === null || typeof value !== 'object') return null;
      values.push(value.lo);
    }
    return exactly(combine(values));
  };
}

function between(
  ends: { readonly from: DateTerm; readonly to: DateTerm },
  frame: FactFrame,
  count: (from: Interval, to: Interval, context: FactFrame['context']) => Interval | null,
): Reader<Interval> {
  const [readFrom, readTo] = [compileDate(ends.from, frame), compileDate(ends.to, frame)];
  return (frame) => {
    const [from, to] = [readFrom(frame), readTo(frame)];
    return from === null || to === null ? null : count(from, to, frame.context);
  };
}

function compileDate(term: DateTerm, frame: FactFrame): Reader<Interval> {
  if (term.kind === 'today') return ({ today }) => exactly(today);
  const slot = frame.slotOf(term);
  return (frame) => frame.intervalAt(slot);
}
