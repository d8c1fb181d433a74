import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { addMonths } from '../../../src/core/calendar/calendar-months.js';
import {
  begunMonthsBetween,
  daysBetween,
  fewestWorkingDaysBetween,
} from '../../../src/core/logic/date-arithmetic.js';
import type { Interval } from '../../../src/core/logic/interval.js';
import { calendar, day, neighbourCalendar } from './logic-fixtures.js';

function span(earliest: string, latest = earliest): Interval {
  return { lo: toDayNumber(day(earliest)), hi: toDayNumber(day(latest)) };
}

describe('days between', () => {
  it('count from the day after', () => {
    expect(daysBetween(span('2017-03-20'), span('2017-03-20'))).toEqual({ lo: 0, hi: 0 });
    expect(daysBetween(span('2017-03-20'), span('2017-04-03'))).toEqual({ lo: 14, hi: 14 });
    expect(daysBetween(span('2017-04-03'), span('2017-03-20'))).toEqual({ lo: -14, hi: -14 });
  });

  it('are a range for vague dates', () => {
    expect(daysBetween(span('2017-03-01', '2017-03-31'), span('2017-04-10'))).toEqual({ lo: 10, hi: 40 });
  });
});

describe('begun months between', () => {
  it.each([
    ['2015-06-01', '2017-06-01', 24],
    ['2015-06-01', '2017-06-02', 25],
    ['2017-01-31', '2017-02-28', 1],
    ['2017-01-31', '2017-03-01', 2],
    ['2017-03-20', '2017-03-20', 0],
    ['2017-03-20', '2017-03-21', 1],
    ['2017-03-31', '2017-02-28', -1],
    ['2017-03-20', '2017-02-21', 0],
    ['2017-03-20', '2017-02-20', -1],
  ])('from %s to %s are %i', (from, to, months) => {
    expect(begunMonthsBetween(span(from), span(to))).toEqual({ lo: months, hi: months });
  });

  it('are the fewest months after which the other day is reached', () => {
    const days = fc.integer({ min: 10_000, max: 30_000 });
    fc.assert(
      fc.property(days, days, (one, other) => {
        const [from, to] = [fromDayNumber(one), fromDayNumber(other)];
        const { lo: months } = begunMonthsBetween(span(from), span(to));
        expect(addMonths(from, months) >= to).toBe(true);
        expect(addMonths(from, months - 1) < to).toBe(true);
      }),
      { seed: 20170320, numRuns: 500 },
    );
  });

  it('are a range for vague dates', () => {
    expect(begunMonthsBetween(span('2015-01-01', '2015-12-31'), span('2017-06-01'))).toEqual({
      lo: 18,
      hi: 29,
    });
  });
});

describe('working days between', () => {
  it('leave out weekends and holidays', () => {
    expect(fewestWorkingDaysBetween([calendar], span('2017-04-28'), span('2017-05-02'))).toEqual({
      lo: 1,
      hi: 1,
    });
  });

  it('are the fewest of several calendars', () => {
    const week = [span('2017-04-14'), span('2017-04-28')] as const;
    expect(fewestWorkingDaysBetween([calendar], ...week)).toEqual({ lo: 10, hi: 10 });
    expect(fewestWorkingDaysBetween([calendar, neighbourCalendar], ...week)).toEqual({ lo: 5, hi: 5 });
  });

  it('are a range for vague dates', () => {
    const march = span('2017-03-01', '2017-03-31');
    expect(fewestWorkingDaysBetween([calendar], march, span('2017-04-03'))).toEqual({ lo: 1, hi: 23 });
  });

  it('are not known outside the years of a calendar', () => {
    expect(fewestWorkingDaysBetween([calendar], span('2014-12-31'), span('2017-04-03'))).toBeNull();
    expect(fewestWorkingDaysBetween([calendar], span('2017-04-03'), span('2021-01-01'))).toBeNull();
  });
});
