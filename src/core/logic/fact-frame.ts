import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { dateSpan } from '../calendar/date-span.js';
import type { FactValue } from '../facts/fact-value.js';
import type { EvaluationContext } from './evaluation-context.js';
import type { Interval } from './interval.js';
import type { FactTerm } from './term.js';

const ZERO = 48;
const DAYS_PER_YEAR = 365;
/** From 1 March of the year 0. */
const DAYS_BEFORE_1970 = 719_468;

type FrameContext = Omit<EvaluationContext, 'parameters'>;

/**
 * The facts that some conditions read, looked up once and laid out by number for compiled conditions: numbers and
 * days as the two ends of an interval, words as they are.
 *
 * A frame is filled by `load` and read until the next `load`. It belongs to one compiled gate; evaluation is
 * synchronous, so nobody else can read it in between.
 */
export class FactFrame {
  /** The lower end by slot; NaN: there is no value, or it is a word. */
  lo = new Float64Array(0);
  /** The upper end by slot, in the same way. */
  hi = new Float64Array(0);
  /** What was recorded, by slot; undefined: nothing. */
  readonly recorded: (FactValue | undefined)[] = [];
  /** The day number of the decision. */
  today = 0;
  private loaded: FrameContext | null = null;
  private readonly facts: FactTerm[] = [];
  private readonly slots = new Map<string, number>();

  /** The slot of a fact; a new one if it has none. Only before the first `load`. */
  slotOf(fact: FactTerm): number {
    const found = this.slots.get(fact.name);
    if (found !== undefined) return found;
    const slot = this.facts.push(fact) - 1;
    this.slots.set(fact.name, slot);
    this.recorded.push(undefined);
    this.lo = new Float64Array(slot + 1);
    this.hi = new Float64Array(slot + 1);
    return slot;
  }

  /** The context that was loaded last. */
  get context(): FrameContext {
    if (this.loaded === null) throw new TypeError('The frame is empty.');
    return this.loaded;
  }

  load(context: FrameContext): void {
    this.loaded = context;
    this.today = dayNumberOf(context.today);
    const { facts, recorded, lo, hi } = this;
    for (let slot = 0; slot < facts.length; slot += 1) {
      const fact = facts[slot] as FactTerm;
      const found = context.facts.get(fact.name);
      recorded[slot] = found;
      if (found === undefined) {
        lo[slot] = Number.NaN;
        hi[slot] = Number.NaN;
      } else if (typeof found.value === 'number') {
        lo[slot] = found.value;
        hi[slot] = found.value;
      } else if (fact.type.kind === 'date') {
        const span = spanOf(found);
        lo[slot] = span.lo;
        hi[slot] = span.hi;
      }
    }
  }

  /** All that is known of a number or a day; null: nothing. */
  intervalAt(slot: number): Interval | null {
    const lo = this.lo[slot] as number;
    return Number.isNaN(lo) ? null : { lo, hi: this.hi[slot] as number };
  }
}

/** The days that a recorded date may stand for. */
export function spanOf({ value, precision }: FactValue): Interval {
  if (precision === null || precision === 'day') {
    const day = dayNumberOf(value as CalendarDate);
    return { lo: day, hi: day };
  }
  const { earliest, latest } = dateSpan(value as CalendarDate, precision);
  return { lo: toDayNumber(earliest), hi: toDayNumber(latest) };
}

/**
 * `toDayNumber` for a date that is known to be one, without a `Date`: to read the facts would cost more than to judge.
 *
 * Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, `days_from_civil`.
 */
function dayNumberOf(date: CalendarDate): number {
  const digit = (at: number) => date.charCodeAt(at) - ZERO;
  const month = digit(5) * 10 + digit(6);
  const day = digit(8) * 10 + digit(9);
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1; // from 1 March
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * DAYS_PER_YEAR + leapDays + dayOfYear - DAYS_BEFORE_1970;
}
