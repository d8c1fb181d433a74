import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { calendarName, parseCalendarName, withClosedDays } from '../../../src/core/calendar/closed-days.js';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { isWorkingDay, workingDaysBetween } from '../../../src/core/calendar/working-days.js';
import { day, property } from './calendar-fixtures.js';

const calendar = makeWorkingCalendar({
  id: 'AT-5',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: [day('2017-05-25')],
  coveredYears: { first: 2016, last: 2018 },
});
const covered = fc
  .integer({ min: toDayNumber(calendar.firstDay), max: toDayNumber(calendar.lastDay) })
  .map(fromDayNumber);
const closures = fc.array(covered, { maxLength: 30 });

describe('a calendar with closures', () => {
  it('has no work on the days that were closed, and is else the same', () => {
    property(
      fc.property(closures, covered, (closed, date) => {
        const expected = isWorkingDay(calendar, date) && !closed.includes(date);
        expect(isWorkingDay(withClosedDays(calendar, closed), date)).toBe(expected);
      }),
    );
  });

  it('counts as many working days less as working days were closed', () => {
    property(
      fc.property(closures, covered, covered, (closed, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const lost = new Set(
          closed.filter((date) => date > from && date <= to && isWorkingDay(calendar, date)),
        );
        expect(workingDaysBetween(withClosedDays(calendar, closed), from, to)).toBe(
          workingDaysBetween(calendar, from, to) - lost.size,
        );
      }),
    );
  });

  it('is itself where nothing is closed', () => {
    expect(withClosedDays(calendar, [])).toBe(calendar);
  });

  it('names its closures, whatever their order, and the name leads back to them', () => {
    expect(withClosedDays(calendar, [day('2017-05-26'), day('2017-04-18')]).id).toBe(
      'AT-5+2017-04-18+2017-05-26',
    );
    property(
      fc.property(closures, (closed) => {
        const name = calendarName({ id: 'AT-5', closedOn: closed });
        expect(name).toBe(calendarName({ id: 'AT-5', closedOn: closed.toReversed() }));
        expect(parseCalendarName(name)).toEqual({ id: 'AT-5', closedOn: [...new Set(closed)].toSorted() });
      }),
    );
  });

  it('cannot be read from a name with something that is no day', () => {
    expect(parseCalendarName('AT-5+2017-02-30')).toBeNull();
    expect(parseCalendarName('AT-5+')).toBeNull();
    expect(parseCalendarName('AT-5')).toEqual({ id: 'AT-5', closedOn: [] });
  });

  it('is refused with a day outside the covered years', () => {
    expect(() => withClosedDays(calendar, [day('2019-01-01')])).toThrow(
      expect.objectContaining({ code: 'definition.invalid' }),
    );
  });
});
