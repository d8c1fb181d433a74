import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../src/core/calendar/calendar-date.js';
import {
  isWorkingDay,
  workingDayOnOrAfter,
  workingDaysBetween,
} from '../../src/core/calendar/working-days.js';
import { daysOverdue, dueDayAfterRest, keepWorkingDaysLeft } from '../../src/engine/tasks/due-date.js';
import { day, property } from '../core/calendar/calendar-fixtures.js';
import { shippedDefinitions } from '../support/engine.js';

const { catalog } = shippedDefinitions();
const calendars = fc.constantFrom(...catalog.calendars.values());
const days = fc.integer({ min: toDayNumber(day('2012-01-01')), max: toDayNumber(day('2036-12-31')) });

describe('a due day after a rest', () => {
  it('is as many working days away as it was when the rest began, also when it had passed', () => {
    property(
      fc.property(
        calendars,
        days,
        fc.integer({ min: 0, max: 900 }),
        days,
        (calendar, number, rested, due) => {
          const rest = { calendar, from: fromDayNumber(number), to: fromDayNumber(number + rested) };
          const dueOn = fromDayNumber(due);
          fc.pre(workingDaysBetween(calendar, rest.from, rest.to) !== 0);
          const after = keepWorkingDaysLeft(rest, dueOn);
          const left = workingDaysBetween(calendar, rest.from, workingDayOnOrAfter(calendar, dueOn));
          expect(isWorkingDay(calendar, after)).toBe(true);
          // On a day on which nobody works, what is due is due on the next one.
          const expected = left === 0 && !isWorkingDay(calendar, rest.to) ? 1 : left;
          expect(workingDaysBetween(calendar, rest.to, after)).toBe(expected);
        },
      ),
    );
  });

  it('is the same day where nobody could have worked meanwhile', () => {
    const rest = {
      calendar: catalog.calendar('DE-BW'),
      from: day('2016-12-23'),
      to: day('2016-12-26'),
    };
    // A Friday, to the second day of Christmas.
    expect(keepWorkingDaysLeft(rest, day('2016-12-25'))).toBe('2016-12-25');
  });

  it('is the same day where the clock was set back during the rest', () => {
    const rest = { calendar: catalog.calendar('AT-5'), from: day('2026-11-24'), to: day('2017-07-03') };
    expect(keepWorkingDaysLeft(rest, day('2017-09-01'))).toBe('2017-09-01');
  });

  it('is after two rests in a row as after one of both their lengths', () => {
    property(
      fc.property(
        calendars,
        days,
        fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })),
        fc.integer({ min: 1, max: 60 }),
        (calendar, number, [first, second], due) => {
          const at = (days_: number) => workingDayOnOrAfter(calendar, fromDayNumber(number + days_));
          const dueOn = at(due);
          const [a, b, c] = [at(0), at(first), at(first + second)];
          const twice = keepWorkingDaysLeft(
            { calendar, from: b, to: c },
            keepWorkingDaysLeft({ calendar, from: a, to: b }, dueOn),
          );
          expect(twice).toBe(keepWorkingDaysLeft({ calendar, from: a, to: c }, dueOn));
        },
      ),
    );
  });

  it('stays, freezes or begins anew by the policy of its task', () => {
    const calendar = catalog.calendar('DE-BW');
    const rest = { calendar, from: day('2016-11-07'), to: day('2017-01-07') };
    const task = { dueOn: day('2016-11-15'), target: { workingDays: 10 } };
    const after = (whenSuspended: 'keep' | 'freeze' | 'restart') =>
      dueDayAfterRest({ ...task, whenSuspended }, rest);
    expect(after('keep')).toBe('2016-11-15');
    // Six working days were left; 7 January 2017 was a Saturday.
    expect(after('freeze')).toBe('2017-01-16');
    expect(after('restart')).toBe('2017-01-20');
    expect(dueDayAfterRest({ ...task, target: null, whenSuspended: 'restart' }, rest)).toBe('2016-11-15');
    expect(dueDayAfterRest({ ...task, dueOn: null, whenSuspended: 'freeze' }, rest)).toBeNull();
  });
});

describe('days overdue', () => {
  it('are calendar days after the due day, never fewer than none', () => {
    expect(daysOverdue(day('2016-02-28'), day('2016-03-01'))).toBe(2);
    expect(daysOverdue(day('2016-02-28'), day('2016-02-28'))).toBe(0);
    expect(daysOverdue(day('2016-02-28'), day('2016-01-01'))).toBe(0);
  });
});
