import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { APPROXIMATE_DAYS, DATE_PRECISIONS, dateSpan } from '../../../src/core/calendar/date-span.js';
import { toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { dates, day, property } from './calendar-fixtures.js';

describe('the span of a date', () => {
  it('is the day itself when the day is known', () => {
    expect(dateSpan(day('2016-02-29'), 'day')).toEqual({ earliest: '2016-02-29', latest: '2016-02-29' });
  });

  it('is the whole month or year when only that is known, whatever day is written', () => {
    expect(dateSpan(day('2016-02-10'), 'month')).toEqual({ earliest: '2016-02-01', latest: '2016-02-29' });
    expect(dateSpan(day('2019-12-31'), 'year')).toEqual({ earliest: '2019-01-01', latest: '2019-12-31' });
  });

  it('reaches fifteen days to either side when the date is approximate', () => {
    expect(APPROXIMATE_DAYS).toBe(15);
    expect(dateSpan(day('2017-03-20'), 'approximate')).toEqual({
      earliest: '2017-03-05',
      latest: '2017-04-04',
    });
  });

  it('always holds its own date, in order', () => {
    property(
      fc.property(dates, fc.constantFrom(...DATE_PRECISIONS), (date, precision) => {
        const { earliest, latest } = dateSpan(date, precision);
        expect(earliest <= date && date <= latest).toBe(true);
        expect(toDayNumber(latest) - toDayNumber(earliest)).toBeLessThanOrEqual(365);
      }),
    );
  });

  it('is refused where an approximate date leaves the calendar', () => {
    expect(() => dateSpan(day('1900-01-10'), 'approximate')).toThrow(
      expect.objectContaining({ code: 'calendar.out-of-range' }),
    );
  });
});
