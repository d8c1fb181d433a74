import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readCalendar } from '../../../src/catalog/read-calendar.js';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { ladderInstant } from '../../../src/core/calendar/ladder-instant.js';
import { weekdayOf, type WorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import {
  isWorkingDay,
  workingDayOnOrAfter,
  workingDaysBetween,
} from '../../../src/core/calendar/working-days.js';
import { dateInZone } from '../../../src/core/calendar/zoned-instant.js';
import { day, property } from './calendar-fixtures.js';

const FOLDER = new URL('../../../config/calendars/', import.meta.url);
const SATURDAY = 6;

const calendars = readdirSync(FOLDER).map((file): WorkingCalendar => {
  const read = readCalendar(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')));
  if ('problems' in read) throw new Error(`${file} is no calendar`);
  return read;
});
const shipped = fc.constantFrom(...calendars);
// So far from the ends of the covered years that no step leaves them.
const dueDays = fc.integer({ min: toDayNumber(day('2011-01-01')), max: toDayNumber(day('2039-01-01')) });
const steps = fc.integer({ min: -120, max: 120 });

describe('the instant of a step of a ladder', () => {
  it('is at eight on a working day of whoever acts, never on a weekend or holiday, in every shipped calendar', () => {
    expect(calendars.length).toBeGreaterThan(5);
    property(
      fc.property(shipped, dueDays, steps, (calendar, number, workingDays) => {
        const { zone } = calendar;
        const at = ladderInstant({ calendar, zone }, fromDayNumber(number), workingDays);
        const shown = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
        expect(shown.toPlainTime().toString()).toBe('08:00:00');
        const date = dateInZone(at, zone);
        expect(isWorkingDay(calendar, date)).toBe(true);
        expect(weekdayOf(toDayNumber(date))).toBeLessThan(SATURDAY);
        expect(calendar.holidays.has(date)).toBe(false);
      }),
    );
  });

  it('lies so many working days from the due day, or from the working day that stands for it', () => {
    property(
      fc.property(shipped, dueDays, steps, (calendar, number, workingDays) => {
        const { zone } = calendar;
        const dueOn = fromDayNumber(number);
        const date = dateInZone(ladderInstant({ calendar, zone }, dueOn, workingDays), zone);
        const from = workingDays < 0 ? workingDayOnOrAfter(calendar, dueOn) : dueOn;
        const expected = workingDays === 0 && !isWorkingDay(calendar, dueOn) ? 1 : workingDays;
        expect(workingDaysBetween(calendar, from, date)).toBe(expected);
      }),
    );
  });

  it('comes in the order of the steps', () => {
    property(
      fc.property(shipped, dueDays, steps, steps, (calendar, number, a, b) => {
        fc.pre(a < b);
        const place = { calendar, zone: calendar.zone };
        const dueOn = fromDayNumber(number);
        // A due day on which nobody works stands for the next working day, which is also the first one after it.
        const isSame = a === 0 && b === 1 && !isWorkingDay(calendar, dueOn);
        const [first, second] = [ladderInstant(place, dueOn, a), ladderInstant(place, dueOn, b)];
        expect(isSame ? first === second : first < second).toBe(true);
      }),
    );
  });

  it.each([
    // Berlin: the clocks went forward on 26 March 2017 and back on 29 October 2017.
    ['DE-BW', '2017-03-27', 0, '2017-03-27T06:00:00.000Z'],
    ['DE-BW', '2017-03-27', -1, '2017-03-24T07:00:00.000Z'],
    ['DE-BW', '2017-10-30', 0, '2017-10-30T07:00:00.000Z'],
    ['DE-BW', '2017-10-30', -1, '2017-10-27T06:00:00.000Z'],
    // Over the end of the year: 1 January is a holiday, 6 January in Baden-Württemberg as well.
    ['DE-BW', '2017-12-29', 5, '2018-01-08T07:00:00.000Z'],
    // 29 February 2016 was a Monday.
    ['AT-4', '2016-02-29', 0, '2016-02-29T07:00:00.000Z'],
    ['AT-4', '2016-02-29', 1, '2016-03-01T07:00:00.000Z'],
    ['AT-4', '2016-02-29', -1, '2016-02-26T07:00:00.000Z'],
    // A due day on a Sunday before a holiday: 1 May 2017 was a Monday.
    ['IT-25', '2017-04-30', 0, '2017-05-02T06:00:00.000Z'],
    ['IT-25', '2017-04-30', -1, '2017-04-28T06:00:00.000Z'],
  ])('in %s, due on %s, %i working days from it, is %s', (id, dueOn, workingDays, expected) => {
    const calendar = calendars.find((one) => one.id === id);
    if (calendar === undefined) throw new Error(`no calendar ${id}`);
    expect(ladderInstant({ calendar, zone: calendar.zone }, day(dueOn), workingDays)).toBe(expected);
  });
});
