import { YEAR_FIRST, YEAR_LAST, toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import type { FactType } from '../facts/fact-type.js';
import { exactMean, exactSum } from './exact-decimal.js';
import type { Interval } from './interval.js';
import type { Term } from './term.js';

/** What values a term can have, whatever the facts are. */
export type TermType =
  | {
      readonly kind: 'number';
      /** All values lie in it; an end may be infinite. */
      readonly range: Interval;
      /** `count`: whole numbers that may be tested for equality; `decimal`; `time`: a number of days or months. */
      readonly counts: 'count' | 'decimal' | 'time';
    }
  | { readonly kind: 'date'; readonly range: Interval }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'text' };

/** As day numbers: every date that Cordata can read. */
const DATES: Interval = {
  lo: toDayNumber(`${YEAR_FIRST}-01-01` as CalendarDate),
  hi: toDayNumber(`${YEAR_LAST}-12-31` as CalendarDate),
};
const DAYS_MAX = DATES.hi - DATES.lo;
const MONTHS_MAX = (YEAR_LAST - YEAR_FIRST + 1) * 12;
const SHARE_MAX_PERCENT = 100;

/** The type of a term, from the types of its facts. */
export function typeOfTerm(term: Term): TermType {
  switch (term.kind) {
    case 'fact':
      return typeOfFact(term.type);
    case 'days-between':
    case 'working-days-between':
      return { kind: 'number', range: { lo: -DAYS_MAX, hi: DAYS_MAX }, counts: 'time' };
    case 'months-between':
      return { kind: 'number', range: { lo: -MONTHS_MAX, hi: MONTHS_MAX }, counts: 'time' };
    case 'derived':
    case 'mean':
      return { kind: 'number', range: combined(exactMean, term.of.map(rangeOf)), counts: 'decimal' };
    case 'sum':
      return {
        kind: 'number',
        range: combined(exactSum, term.of.map(rangeOf)),
        counts: countsOf(term.of),
      };
    case 'difference': {
      const minus = rangeOf(term.minus);
      const range = combined(exactSum, [rangeOf(term.of), { lo: -minus.hi, hi: -minus.lo }]);
      return { kind: 'number', range, counts: countsOf([term.of, term.minus]) };
    }
    case 'share':
      return { kind: 'number', range: rangeOfShare(term), counts: 'decimal' };
  }
}

function typeOfFact(type: FactType): TermType {
  switch (type.kind) {
    case 'integer':
    case 'decimal': {
      const counts = type.kind === 'integer' ? 'count' : 'decimal';
      return { kind: 'number', range: { lo: type.min, hi: type.max }, counts };
    }
    case 'date':
      return { kind: 'date', range: DATES };
    case 'boolean':
    case 'text':
      return { kind: type.kind };
    case 'enum':
      return { kind: 'enum', values: type.values };
  }
}

function rangeOf(term: Term): Interval {
  const type = typeOfTerm(term);
  return type.kind === 'number' ? type.range : { lo: -Infinity, hi: Infinity };
}

function countsOf(terms: readonly Term[]): 'count' | 'decimal' {
  const types = terms.map(typeOfTerm);
  return types.every((type) => type.kind === 'number' && type.counts === 'count') ? 'count' : 'decimal';
}

function combined(combine: (values: readonly number[]) => number, ranges: readonly Interval[]): Interval {
  return { lo: combine(ranges.map((range) => range.lo)), hi: combine(ranges.map((range) => range.hi)) };
}

/** A part of what it is counted in is 0 to 100 percent; a share of something else may be anything. */
function rangeOfShare(term: Extract<Term, { kind: 'share' }>): Interval {
  const neverNegative = [term.of, ...term.in].every((each) => rangeOf(each).lo >= 0);
  const isPart = term.in.some((each) => each.name === term.of.name);
  if (neverNegative) return { lo: 0, hi: isPart ? SHARE_MAX_PERCENT : Infinity };
  return { lo: -Infinity, hi: Infinity };
}
