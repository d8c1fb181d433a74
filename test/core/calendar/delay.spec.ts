import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import {
  dayAfter,
  DELAY_CALENDAR_DAYS_MAX,
  DELAY_HOURS_MAX,
  DELAY_WORKING_DAYS_MAX,
  delaySchema,
  instantAfter,
  type Delay,
} from '../../../src/core/calendar/delay.js';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { isWorkingDay, workingDaysBetween } from '../../../src/core/calendar/working-days.js';
import { dateInZone, instantAt } from '../../../src/core/calendar/zoned-instant.js';
import { instantFromMs, instantToMs, parseInstant, type Instant } from '../../../src/core/terms/instant.js';
import { day, property } from './calendar-fixtures.js';

/** Four with summer time that changes at different instants, one that changes it in the other half of the year. */
const zones = [
  'Europe/Vienna',
  'Europe/Ljubljana',
  'Atlantic/Azores',
  'America/New_York',
  'Pacific/Auckland',
];

const calendar = makeWorkingCalendar({
  id: 'test',
  zone: 'Europe/Vienna',
  weekend: [6, 7],
  holidays: [
    '2016-12-26',
    '2017-01-06',
    '2017-04-17',
    '2017-05-01',
    '2017-12-25',
    '2017-12-26',
    '2018-01-01',
  ].map(day),
  coveredYears: { first: 2014, last: 2040 },
});

const HOUR_MS = 3_600_000;
/** The longest wait of a timer of the platform: 2^31 - 1 ms, 24.8 days. */
const PLATFORM_TIMER_MS_MAX = 2_147_483_647;

function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`${text} is not an instant`);
  return instant;
}

/** What a clock in the zone shows. */
function shown(instant: Instant, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16);
}

const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2029, 0, 1) }).map(instantFromMs);
const dayDelays: fc.Arbitrary<Exclude<Delay, { hours: number }>> = fc.oneof(
  fc.record({ workingDays: fc.integer({ min: 1, max: DELAY_WORKING_DAYS_MAX }) }),
  fc.record({ calendarDays: fc.integer({ min: 1, max: DELAY_CALENDAR_DAYS_MAX }) }),
);
const hourDelays = fc.record({ hours: fc.integer({ min: 1, max: DELAY_HOURS_MAX }) });

describe('the day after a delay', () => {
  it.each<[CalendarDate, Exclude<Delay, { hours: number }>, string]>([
    [day('2017-03-17'), { workingDays: 1 }, '2017-03-20'],
    [day('2017-03-18'), { workingDays: 1 }, '2017-03-20'],
    [day('2017-04-13'), { workingDays: 2 }, '2017-04-18'],
    [day('2017-04-13'), { calendarDays: 2 }, '2017-04-15'],
    // Over the end of a year, with its holidays.
    [day('2016-12-23'), { workingDays: 5 }, '2017-01-02'],
    [day('2017-12-31'), { calendarDays: 1 }, '2018-01-01'],
    [day('2017-12-29'), { workingDays: 1 }, '2018-01-02'],
    // Over a leap day and over the place where there is none.
    [day('2016-02-28'), { calendarDays: 1 }, '2016-02-29'],
    [day('2016-02-29'), { calendarDays: 366 }, '2017-03-01'],
    [day('2017-02-28'), { calendarDays: 1 }, '2017-03-01'],
    [day('2016-02-29'), { workingDays: 1 }, '2016-03-01'],
  ])('%s and %j is %s', (from, delay, expected) => {
    expect(dayAfter(calendar, from, delay)).toBe(expected);
  });

  it('lies as many days away as the delay says, and a working day is one', () => {
    property(
      fc.property(instants, dayDelays, (now, delay) => {
        const from = dateInZone(now, 'UTC');
        const found = dayAfter(calendar, from, delay);
        const counted =
          'calendarDays' in delay
            ? { calendarDays: toDayNumber(found) - toDayNumber(from) }
            : { workingDays: workingDaysBetween(calendar, from, found) };
        expect(counted).toEqual(delay);
        expect('calendarDays' in delay || isWorkingDay(calendar, found)).toBe(true);
      }),
    );
  });

  it('is refused beyond the years that the calendar covers', () => {
    expect(() => dayAfter(calendar, day('2040-12-20'), { workingDays: 30 })).toThrow(
      expect.objectContaining({ code: 'calendar.out-of-range' }),
    );
  });
});

describe('the instant after a delay in days', () => {
  it('is at eight in the morning of the zone, summer and winter', () => {
    property(
      fc.property(instants, dayDelays, fc.constantFrom(...zones), (now, delay, zone) => {
        const due = instantAfter(calendar, zone, now, delay);
        const date = dayAfter(calendar, dateInZone(now, zone), delay);
        expect(shown(due, zone)).toBe(`${date}T08:00`);
        expect(due > now).toBe(true);
      }),
    );
  });

  it('counts from the local day, not from that of UTC', () => {
    // Half past midnight in Vienna, still the day before in UTC.
    expect(instantAfter(calendar, 'Europe/Vienna', at('2017-03-19T23:30:00Z'), { calendarDays: 1 })).toBe(
      '2017-03-21T07:00:00.000Z',
    );
  });

  it('does not drift over a change of the clocks: a day in spring has 23 hours, one in autumn 25', () => {
    const spring = instantAfter(calendar, 'Europe/Vienna', at('2017-03-25T07:00:00Z'), { calendarDays: 1 });
    const autumn = instantAfter(calendar, 'Europe/Vienna', at('2017-10-28T06:00:00Z'), { calendarDays: 1 });
    expect([spring, autumn]).toEqual(['2017-03-26T06:00:00.000Z', '2017-10-29T07:00:00.000Z']);
  });

  it('reaches further than a timer of the platform could wait', () => {
    property(
      fc.property(instants, fc.integer({ min: 26, max: DELAY_CALENDAR_DAYS_MAX }), (now, calendarDays) => {
        const due = instantAfter(calendar, 'Europe/Vienna', now, { calendarDays });
        const waitMs = instantToMs(due) - instantToMs(now);
        expect(waitMs).toBeGreaterThan(PLATFORM_TIMER_MS_MAX);
        expect(dateInZone(due, 'Europe/Vienna')).toBe(
          fromDayNumber(toDayNumber(dateInZone(now, 'Europe/Vienna')) + calendarDays),
        );
      }),
    );
  });
});

describe('the instant after a delay in hours', () => {
  it('is exactly so many hours of the clock away, whatever the wall shows', () => {
    property(
      fc.property(instants, hourDelays, fc.constantFrom(...zones), (now, delay, zone) => {
        const due = instantAfter(calendar, zone, now, delay);
        expect(instantToMs(due) - instantToMs(now)).toBe(delay.hours * HOUR_MS);
      }),
    );
  });

  it('shows another time of day after the gap in spring and after the overlap in autumn', () => {
    const over = (now: string) =>
      shown(instantAfter(calendar, 'Europe/Vienna', at(now), { hours: 24 }), 'Europe/Vienna');
    expect(over('2017-03-25T11:00:00Z')).toBe('2017-03-26T13:00');
    expect(over('2017-10-28T10:00:00Z')).toBe('2017-10-29T11:00');
    // Within the hour that comes twice: one hour after 02:30 it is 02:30 again.
    const twice = instantAfter(
      calendar,
      'Europe/Vienna',
      instantAt(day('2017-10-29'), '02:30', 'Europe/Vienna'),
      {
        hours: 1,
      },
    );
    expect(shown(twice, 'Europe/Vienna')).toBe('2017-10-29T02:30');
  });
});

describe('a delay as it is written down', () => {
  it.each([
    [{ workingDays: 1 }, true],
    [{ calendarDays: DELAY_CALENDAR_DAYS_MAX }, true],
    [{ hours: DELAY_HOURS_MAX }, true],
    [{ workingDays: 0 }, false],
    [{ calendarDays: -1 }, false],
    [{ hours: 1.5 }, false],
    [{ workingDays: DELAY_WORKING_DAYS_MAX + 1 }, false],
    [{ calendarDays: DELAY_CALENDAR_DAYS_MAX + 1 }, false],
    [{ hours: DELAY_HOURS_MAX + 1 }, false],
    [{ workingDays: 1, hours: 1 }, false],
    [{}, false],
  ])('%j is one: %j', (written, isOne) => {
    expect(delaySchema.safeParse(written).success).toBe(isOne);
  });
});
