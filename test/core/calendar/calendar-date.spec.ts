import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  fromDayNumber,
  parseCalendarDate,
  toDayNumber,
  YEAR_FIRST,
  YEAR_LAST,
} from '../../../src/core/calendar/calendar-date.js';
import { day, dayNumbers, property } from './calendar-fixtures.js';

describe('a calendar date', () => {
  it('is read from YYYY-MM-DD', () => {
    expect(parseCalendarDate('2017-03-20')).toBe('2017-03-20');
    expect(parseCalendarDate('2016-02-29')).toBe('2016-02-29');
    expect(parseCalendarDate('2000-02-29')).toBe('2000-02-29');
  });

  it.each(['2017-02-29', '2017-02-30', '2017-04-31', '2017-13-01', '2017-00-10', '2017-01-00', '2100-02-29'])(
    'is null for %s, a day that does not exist',
    (text) => expect(parseCalendarDate(text)).toBeNull(),
  );

  it.each([
    '',
    'spring 2017',
    '2017-3-20',
    '20.03.2017',
    ' 2017-03-20',
    '2017-03-20\n',
    '2017-03-20T08:00:00Z',
  ])('is null for %j, another form', (text) => expect(parseCalendarDate(text)).toBeNull());

  it('is null outside the years of the calendar', () => {
    expect(parseCalendarDate(`${YEAR_FIRST}-01-01`)).not.toBeNull();
    expect(parseCalendarDate(`${YEAR_LAST}-12-31`)).not.toBeNull();
    expect(parseCalendarDate(`${YEAR_FIRST - 1}-12-31`)).toBeNull();
    expect(parseCalendarDate(`${YEAR_LAST + 1}-01-01`)).toBeNull();
    expect(parseCalendarDate('0000-01-01')).toBeNull();
  });

  it('never takes free text for a date that it is not', () => {
    property(fc.property(fc.string(), (text) => parseCalendarDate(text) === null));
  });

  it('agrees with Temporal about which days exist', () => {
    property(
      fc.property(
        fc.integer({ min: YEAR_FIRST, max: YEAR_LAST }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (year, month, dayOfMonth) => {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
          let exists = true;
          try {
            Temporal.PlainDate.from(text, { overflow: 'reject' });
          } catch {
            exists = false;
          }
          expect(parseCalendarDate(text) !== null).toBe(exists);
        },
      ),
    );
  });
});

describe('the day number', () => {
  it('counts from 1970-01-01', () => {
    expect(toDayNumber(day('1970-01-01'))).toBe(0);
    expect(toDayNumber(day('1969-12-31'))).toBe(-1);
    expect(toDayNumber(day('2017-03-20'))).toBe(17245);
  });

  it('leads back to its date and keeps the order of dates', () => {
    property(
      fc.property(dayNumbers, dayNumbers, (a, b) => {
        expect(toDayNumber(fromDayNumber(a))).toBe(a);
        expect(fromDayNumber(a) < fromDayNumber(b)).toBe(a < b);
      }),
    );
  });

  it('is refused when it is a fraction or no year of the calendar', () => {
    const outOfRange = expect.objectContaining({ code: 'calendar.out-of-range' });
    for (const wrong of [0.5, Number.NaN, Infinity, -25568, 84371]) {
      expect(() => fromDayNumber(wrong)).toThrow(outOfRange);
    }
    expect(fromDayNumber(-25567)).toBe('1900-01-01');
    expect(fromDayNumber(84370)).toBe('2200-12-31');
  });
});
