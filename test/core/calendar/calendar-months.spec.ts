import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addMonths,
  firstDayOfMonth,
  lastDayOfMonth,
  monthsBetween,
} from '../../../src/core/calendar/calendar-months.js';
import { dates, day, property } from './calendar-fixtures.js';

const months = fc.integer({ min: -480, max: 480 });

describe('adding months', () => {
  it.each([
    ['2017-01-15', 1, '2017-02-15'],
    ['2017-01-31', 1, '2017-02-28'],
    ['2016-01-31', 1, '2016-02-29'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2016-02-29', 48, '2020-02-29'],
    ['2017-02-28', 1, '2017-03-28'],
    ['2017-03-31', -1, '2017-02-28'],
    ['2017-01-10', -1, '2016-12-10'],
    ['2016-11-01', 30, '2019-05-01'],
    ['2017-05-31', 0, '2017-05-31'],
  ])('takes %s by %i months to %s', (from, count, expected) => {
    expect(addMonths(day(from), count)).toBe(expected);
  });

  it('agrees with Temporal, which also stops at the end of a shorter month', () => {
    property(
      fc.property(dates, months, (date, count) => {
        expect(addMonths(date, count)).toBe(Temporal.PlainDate.from(date).add({ months: count }).toString());
      }),
    );
  });

  it('refuses a fraction and a result beyond the calendar', () => {
    const outOfRange = expect.objectContaining({ code: 'calendar.out-of-range' });
    expect(() => addMonths(day('2017-01-01'), 0.5)).toThrow(outOfRange);
    expect(() => addMonths(day('2200-12-01'), 1)).toThrow(outOfRange);
    expect(() => addMonths(day('1900-01-01'), -1)).toThrow(outOfRange);
  });
});

describe('months between two dates', () => {
  it.each([
    ['2017-01-31', '2017-02-27', 0],
    ['2017-01-31', '2017-02-28', 1],
    ['2017-02-28', '2017-03-31', 1],
    ['2016-02-29', '2017-02-27', 11],
    ['2016-02-29', '2017-02-28', 12],
    ['2016-11-01', '2019-04-30', 29],
    ['2017-02-28', '2017-01-31', -1],
    ['2017-05-05', '2017-05-05', 0],
    ['2017-05-05', '2017-05-04', 0],
  ])('from %s to %s are %i', (from, to, expected) => {
    expect(monthsBetween(day(from), day(to))).toBe(expected);
  });

  it('are the largest number that can be added without passing the later date', () => {
    property(
      fc.property(dates, dates, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const count = monthsBetween(from, to);
        expect(addMonths(from, count) <= to).toBe(true);
        expect(addMonths(from, count + 1) > to).toBe(true);
      }),
    );
  });

  it('are the same number with the other sign the other way round', () => {
    property(fc.property(dates, dates, (a, b) => monthsBetween(a, b) + monthsBetween(b, a) === 0));
  });

  it('are what was added', () => {
    property(
      fc.property(dates, fc.integer({ min: 0, max: 480 }), (a, n) => monthsBetween(a, addMonths(a, n)) === n),
    );
  });
});

describe('the ends of a month', () => {
  it('know leap years and the last month of the calendar', () => {
    expect(firstDayOfMonth(day('2016-02-29'))).toBe('2016-02-01');
    expect(lastDayOfMonth(day('2016-02-01'))).toBe('2016-02-29');
    expect(lastDayOfMonth(day('2100-02-01'))).toBe('2100-02-28');
    expect(lastDayOfMonth(day('2200-12-31'))).toBe('2200-12-31');
  });
});
