import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { addWorkingDays, workingDaysBetween } from '../../../src/core/calendar/working-days.js';
import { dateInZone, instantAt } from '../../../src/core/calendar/zoned-instant.js';
import { instantFromMs, instantToMs } from '../../../src/core/terms/instant.js';
import { day, property } from './calendar-fixtures.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Node's timers overflow beyond 2^31 - 1 ms, about 24.8 days: no due instant may depend on one. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** The scheme's zones, and those whose rules are unlike: half an hour, no summer time, south, the date line. */
const zones = fc.constantFrom(
  'Europe/Vienna',
  'Europe/Zurich',
  'Europe/Ljubljana',
  'UTC',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Casablanca',
);
const days = fc.integer({ min: toDayNumber(day('1996-01-01')), max: toDayNumber(day('2040-12-31')) });
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

describe('an instant at a time of day in a zone', () => {
  it('is shown there as that time, or after the gap of spring, in any zone', () => {
    property(
      fc.property(zones, days, times, (zone, number, time) => {
        // A day that the date line has swallowed (30 December 2011 in Apia) is shown as another.
        fc.pre(!(zone === 'Pacific/Apia' && fromDayNumber(number) === '2011-12-30'));
        const date = fromDayNumber(number);
        const shown = Temporal.Instant.from(instantAt(date, time, zone)).toZonedDateTimeISO(zone);
        const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
        const late = wall.until(shown.toPlainDateTime()).total('minutes');
        // Lord Howe's gap is half an hour, all others have a whole one.
        expect([0, 30, 60]).toContain(late);
      }),
    );
  });

  it('is the earlier of two where the hour comes twice', () => {
    property(
      fc.property(zones, days, times, (zone, number, time) => {
        const at = instantToMs(instantAt(fromDayNumber(number), time, zone));
        const shown = (ms: number) =>
          Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDateTime().toString();
        for (const before of [HOUR_MS / 2, HOUR_MS]) expect(shown(at - before)).not.toBe(shown(at));
      }),
    );
  });

  it('moves on with the days, each of which has 22 to 26 hours but where the date line moved', () => {
    property(
      fc.property(zones, days, (zone, number) => {
        fc.pre(zone !== 'Pacific/Apia');
        const [start, end] = [number, number + 1].map((one) =>
          instantToMs(instantAt(fromDayNumber(one), '08:00', zone)),
        );
        const hours = ((end ?? 0) - (start ?? 0)) / HOUR_MS;
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
      }),
    );
  });

  it('is reached by adding 24 hours only where the clocks did not change: a deadline is read, never multiplied', () => {
    const at = (text: string) => instantToMs(instantAt(day(text), '08:00', 'Europe/Vienna'));
    expect((at('2017-03-27') - at('2017-03-24')) / HOUR_MS).toBe(71);
    expect((at('2017-10-30') - at('2017-10-27')) / HOUR_MS).toBe(73);
    expect((at('2017-06-30') - at('2017-06-27')) / HOUR_MS).toBe(72);
  });
});

describe('a due day far away', () => {
  const calendar = makeWorkingCalendar({
    id: 'AT-4',
    zone: 'Europe/Vienna',
    weekend: [6, 7],
    holidays: ['2016-02-29', '2016-12-26', '2017-01-06', '2020-02-28'].map(day),
    coveredYears: { first: 2012, last: 2030 },
  });
  const starts = fc.integer({ min: toDayNumber(day('2012-01-01')), max: toDayNumber(day('2019-12-31')) });

  it('is exact over leap days, ends of years and more milliseconds than a timer can hold', () => {
    property(
      fc.property(starts, fc.integer({ min: 20, max: 2_000 }), (number, count) => {
        const from = fromDayNumber(number);
        const due = addWorkingDays(calendar, from, count);
        const wait =
          instantToMs(instantAt(due, '08:00', calendar.zone)) -
          instantToMs(instantAt(from, '08:00', calendar.zone));
        expect(workingDaysBetween(calendar, from, due)).toBe(count);
        expect(Math.round(wait / DAY_MS)).toBe(toDayNumber(due) - number);
        expect(
          dateInZone(
            instantFromMs(instantToMs(instantAt(from, '08:00', calendar.zone)) + wait),
            calendar.zone,
          ),
        ).toBe(due);
        expect(wait > TIMER_MS_MAX || count <= 25).toBe(true);
      }),
    );
  });

  it('counts 29 February as the day that it is', () => {
    // 2016: a holiday here. 2024: a Thursday on which people work.
    expect(addWorkingDays(calendar, day('2016-02-26'), 1)).toBe('2016-03-01');
    expect(addWorkingDays(calendar, day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addWorkingDays(calendar, day('2024-02-28'), 2)).toBe('2024-03-01');
    expect(addWorkingDays(calendar, day('2023-02-28'), 1)).toBe('2023-03-01');
  });

  it('crosses the end of the year by the holidays of both years', () => {
    expect(addWorkingDays(calendar, day('2016-12-23'), 1)).toBe('2016-12-27');
    expect(addWorkingDays(calendar, day('2016-12-30'), 5)).toBe('2017-01-09');
    expect(workingDaysBetween(calendar, day('2016-12-31'), day('2017-01-01'))).toBe(0);
  });
});
