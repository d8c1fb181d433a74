import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { addWorkingDays } from '../../../src/core/calendar/working-days.js';
import { CALENDAR_DAYS, NEVER, workingDayCounter } from '../../../src/core/forecast/day-counter.js';
import { day, property } from '../calendar/calendar-fixtures.js';
import { CALENDAR } from './simulated-schemes.js';

const counter = workingDayCounter(CALENDAR);

describe('a counter of working days', () => {
  it('finds the same days as the calendar', () => {
    const days = fc.integer({ min: toDayNumber(day('2016-01-01')), max: toDayNumber(day('2020-12-31')) });
    property(
      fc.property(days, fc.integer({ min: 1, max: 600 }), (from, count) => {
        const found = addWorkingDays(CALENDAR, fromDayNumber(from), count);
        return counter.after(from, count) === toDayNumber(found);
      }),
    );
  });

  it('never comes to a day that the calendar does not cover', () => {
    expect(counter.after(toDayNumber(day('2040-12-31')), 1)).toBe(NEVER);
    expect(counter.after(toDayNumber(day('2009-12-31')), 1)).toBe(NEVER);
    expect(counter.after(NEVER, 1)).toBe(NEVER);
    expect(CALENDAR_DAYS.after(NEVER, 1)).toBe(NEVER);
  });

  it('has as many days a week as the calendar works', () => {
    expect([counter.daysPerWeek, CALENDAR_DAYS.daysPerWeek]).toEqual([5, 7]);
  });
});
