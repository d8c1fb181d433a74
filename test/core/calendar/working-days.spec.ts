import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import {
  makeWorkingCalendar,
  weekdayOf,
  type WorkingCalendar,
} from '../../../src/core/calendar/working-calendar.js';
import {
  addWorkingDays,
  isWorkingDay,
  workingDayOnOrAfter,
  workingDaysBetween,
} from '../../../src/core/calendar/working-days.js';
import { day, property } from './calendar-fixtures.js';

// Easter Monday, 1 May, Ascension, Whit Monday and Corpus Christi of 2017, and a holiday on a Sunday.
const written = {
  id: 'test',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: ['2017-04-16', '2017-04-17', '2017-05-01', '2017-05-25', '2017-06-05', '2017-06-15'].map(day),
  coveredYears: { first: 2016, last: 2018 },
};
const calendar = makeWorkingCalendar(written);
const firstDay = toDayNumber(calendar.firstDay);
const lastDay = toDayNumber(calendar.lastDay);

const coveredDates = fc.integer({ min: firstDay, max: lastDay }).map(fromDayNumber);

/** Calendars of every kind: any weekend, up to 80 holidays, weekends and neighbouring days among them. */
const calendars = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
    fc.array(coveredDates, { maxLength: 80 }),
  )
  .map(([weekend, holidays]) => makeWorkingCalendar({ ...written, weekend, holidays }));

/** The definition, word for word: look at every day after `from`, up to and including `to`. */
function countDayByDay(asked: WorkingCalendar, from: CalendarDate, to: CalendarDate): number {
  let count = 0;
  for (let number = toDayNumber(from) + 1; number <= toDayNumber(to); number += 1) {
    if (isWorkingDay(asked, fromDayNumber(number))) count += 1;
  }
  return count;
}

describe('a working day', () => {
  it('is neither a weekend day nor a holiday', () => {
    expect(isWorkingDay(calendar, day('2017-04-14'))).toBe(true);
    expect(isWorkingDay(calendar, day('2017-04-15'))).toBe(false);
    expect(isWorkingDay(calendar, day('2017-04-17'))).toBe(false);
    expect(isWorkingDay(calendar, day('2017-04-18'))).toBe(true);
  });

  it('depends on the weekend of the calendar', () => {
    const friday = makeWorkingCalendar({ ...written, weekend: [5], holidays: [] });
    expect(isWorkingDay(friday, day('2017-04-14'))).toBe(false);
    expect(isWorkingDay(friday, day('2017-04-15'))).toBe(true);
  });
});

describe('working days between two dates', () => {
  it.each([
    ['2017-03-17', '2017-03-20', 1, 'Friday to Monday'],
    ['2017-03-17', '2017-03-19', 0, 'Friday to Sunday'],
    ['2017-03-20', '2017-03-20', 0, 'a day to itself'],
    ['2017-03-20', '2017-03-24', 4, 'Monday to Friday'],
    ['2017-04-13', '2017-04-18', 2, 'over Easter'],
    ['2017-03-20', '2017-03-17', -1, 'Monday back to Friday'],
    ['2017-03-19', '2017-03-17', 0, 'Sunday back to Friday'],
  ])('from %s to %s are %i (%s)', (from, to, expected) => {
    expect(workingDaysBetween(calendar, day(from), day(to))).toBe(expected);
  });

  it('are what looking at every single day would count', () => {
    property(
      fc.property(calendars, coveredDates, coveredDates, (asked, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        expect(workingDaysBetween(asked, from, to)).toBe(countDayByDay(asked, from, to));
      }),
    );
  });

  it('have the other sign the other way round, and add up', () => {
    property(
      fc.property(calendars, coveredDates, coveredDates, coveredDates, (asked, a, b, c) => {
        const between = (from: CalendarDate, to: CalendarDate) => workingDaysBetween(asked, from, to);
        expect(between(a, b) + between(b, a)).toBe(0);
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      }),
    );
  });
});

describe('adding working days', () => {
  it.each([
    ['2017-03-17', 1, '2017-03-20'],
    ['2017-03-18', 1, '2017-03-20'],
    ['2017-04-13', 2, '2017-04-18'],
    ['2017-03-20', 20, '2017-04-18'],
    ['2017-03-20', -1, '2017-03-17'],
    ['2017-03-19', -1, '2017-03-17'],
    ['2017-04-18', -1, '2017-04-14'],
    ['2017-04-16', 0, '2017-04-16'],
  ])('takes %s by %i to %s', (from, count, expected) => {
    expect(addWorkingDays(calendar, day(from), count)).toBe(expected);
  });

  it('is undone by counting, and always lands on a working day', () => {
    const counts = fc.integer({ min: -40, max: 40 });
    const middle = fc.integer({ min: firstDay + 366, max: lastDay - 365 }).map(fromDayNumber);
    property(
      fc.property(fc.constant(calendar), middle, counts, (asked, from, count) => {
        const result = addWorkingDays(asked, from, count);
        const comesBack = count >= 0 || isWorkingDay(asked, from);
        expect(isWorkingDay(asked, result) || count === 0).toBe(true);
        expect(workingDaysBetween(asked, from, result)).toBe(comesBack ? count : count + 1);
      }),
    );
  });

  it('moves a deadline on a holiday to the next working day and leaves any other where it is', () => {
    expect(workingDayOnOrAfter(calendar, day('2017-04-15'))).toBe('2017-04-18');
    expect(workingDayOnOrAfter(calendar, day('2017-04-18'))).toBe('2017-04-18');
    property(
      fc.property(fc.integer({ min: firstDay, max: lastDay - 30 }).map(fromDayNumber), (date) => {
        const result = workingDayOnOrAfter(calendar, date);
        expect(isWorkingDay(calendar, result)).toBe(true);
        expect(result >= date).toBe(true);
        expect(countDayByDay(calendar, date, result)).toBe(result > date ? 1 : 0);
      }),
    );
  });
});

describe('a calendar', () => {
  const outOfRange = expect.objectContaining({ code: 'calendar.out-of-range' });

  it('answers nothing outside the years it covers', () => {
    expect(() => isWorkingDay(calendar, day('2015-12-31'))).toThrow(outOfRange);
    expect(() => isWorkingDay(calendar, day('2019-01-01'))).toThrow(outOfRange);
    expect(() => workingDaysBetween(calendar, day('2018-12-31'), day('2019-01-01'))).toThrow(outOfRange);
    expect(() => workingDaysBetween(calendar, day('2015-12-31'), day('2016-01-04'))).toThrow(outOfRange);
  });

  it('does not add its way out of the years it covers', () => {
    expect(addWorkingDays(calendar, day('2018-12-28'), 1)).toBe('2018-12-31');
    expect(() => addWorkingDays(calendar, day('2018-12-28'), 2)).toThrow(outOfRange);
    expect(addWorkingDays(calendar, day('2016-01-04'), -1)).toBe('2016-01-01');
    expect(() => addWorkingDays(calendar, day('2016-01-04'), -2)).toThrow(outOfRange);
    expect(() => addWorkingDays(calendar, day('2017-01-04'), 1.5)).toThrow(outOfRange);
    expect(() => addWorkingDays(calendar, day('2017-01-04'), Number.NaN)).toThrow(outOfRange);
  });

  it.each([
    ['an unknown zone', { zone: 'CET' }],
    ['a weekend of seven days', { weekend: [1, 2, 3, 4, 5, 6, 7] }],
    ['a weekday that is none', { weekend: [0, 6] }],
    ['a weekday named twice', { weekend: [6, 6] }],
    ['reversed years', { coveredYears: { first: 2018, last: 2016 } }],
    ['a holiday outside its years', { holidays: [day('2019-01-01')] }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => makeWorkingCalendar({ ...written, ...wrong })).toThrow(
      expect.objectContaining({ code: 'definition.invalid' }),
    );
  });

  it('knows the weekday of any day', () => {
    property(
      fc.property(fc.integer({ min: -25567, max: 84370 }), (number) => {
        expect(weekdayOf(number)).toBe(Temporal.PlainDate.from(fromDayNumber(number)).dayOfWeek);
      }),
    );
  });
});
