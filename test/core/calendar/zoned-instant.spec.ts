import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isZone } from '../../../src/core/calendar/zone.js';
import { dateInZone, instantAt } from '../../../src/core/calendar/zoned-instant.js';
import { instantFromMs, instantToMs, parseInstant, type Instant } from '../../../src/core/terms/instant.js';
import { dates, day, property } from './calendar-fixtures.js';

const zones = [
  'Europe/Vienna',
  'Europe/Berlin',
  'Europe/Zurich',
  'Europe/Paris',
  'Europe/Rome',
  'Europe/Ljubljana',
];
const HOUR_MS = 3_600_000;

function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`${text} is not an instant`);
  return instant;
}

/** How long the day `date` lasts in Vienna, in hours; `next` is the day after it. */
function hours(date: string, next: string): number {
  const [start, end] = [date, next].map((text) =>
    instantToMs(instantAt(day(text), '00:00', 'Europe/Vienna')),
  );
  return ((end ?? Number.NaN) - (start ?? Number.NaN)) / HOUR_MS;
}

describe('the date in a zone', () => {
  it('changes at midnight of the zone, not of UTC', () => {
    expect(dateInZone(at('2017-03-19T22:59:59.999Z'), 'Europe/Vienna')).toBe('2017-03-19');
    expect(dateInZone(at('2017-03-19T23:00:00.000Z'), 'Europe/Vienna')).toBe('2017-03-20');
    expect(dateInZone(at('2017-06-30T22:00:00.000Z'), 'Europe/Vienna')).toBe('2017-07-01');
    expect(dateInZone(at('2017-06-30T22:00:00.000Z'), 'UTC')).toBe('2017-06-30');
  });

  it('is the same in all six zones of the scheme since 1996', () => {
    const instants = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2040, 0, 1) }).map(instantFromMs);
    property(
      fc.property(instants, (instant) => {
        expect(new Set(zones.map((zone) => dateInZone(instant, zone))).size).toBe(1);
      }),
    );
  });

  it('is refused before the calendar begins', () => {
    expect(() => dateInZone(at('1899-01-01T00:00:00.000Z'), 'Europe/Vienna')).toThrow(
      expect.objectContaining({ code: 'calendar.out-of-range' }),
    );
  });
});

describe('the instant at a time of day', () => {
  it('follows the offset of the season: 13:00 in June is not 13:00 CET', () => {
    expect(instantAt(day('2024-06-27'), '13:00', 'Europe/Vienna')).toBe('2024-06-27T11:00:00.000Z');
    expect(instantAt(day('2024-01-27'), '13:00', 'Europe/Vienna')).toBe('2024-01-27T12:00:00.000Z');
  });

  it('lands after the gap when the hour does not exist in spring', () => {
    // Europe/Vienna, 26 March 2017: 02:00 CET is 03:00 CEST, at 01:00 UTC.
    expect(instantAt(day('2017-03-26'), '01:59', 'Europe/Vienna')).toBe('2017-03-26T00:59:00.000Z');
    expect(instantAt(day('2017-03-26'), '02:30', 'Europe/Vienna')).toBe('2017-03-26T01:30:00.000Z');
    expect(instantAt(day('2017-03-26'), '03:30', 'Europe/Vienna')).toBe('2017-03-26T01:30:00.000Z');
  });

  it('is the earlier one when the hour comes twice in autumn', () => {
    // Europe/Vienna, 29 October 2017: 03:00 CEST is 02:00 CET, at 01:00 UTC.
    expect(instantAt(day('2017-10-29'), '02:30', 'Europe/Vienna')).toBe('2017-10-29T00:30:00.000Z');
    expect(instantAt(day('2017-10-29'), '03:00', 'Europe/Vienna')).toBe('2017-10-29T02:00:00.000Z');
  });

  it('leads back to its date at every hour of every day', () => {
    const times = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    property(
      fc.property(dates, times, (date, time) => {
        expect(dateInZone(instantAt(date, time, 'Europe/Vienna'), 'Europe/Vienna')).toBe(date);
      }),
    );
  });

  it('makes days of 23, 24 or 25 hours', () => {
    expect(hours('2017-03-26', '2017-03-27')).toBe(23);
    expect(hours('2017-06-26', '2017-06-27')).toBe(24);
    expect(hours('2017-10-29', '2017-10-30')).toBe(25);
  });

  it.each(['24:00', '9:00', '12:60', '12:00:00', '12 p.m.', ''])('refuses the time %j', (time) => {
    expect(() => instantAt(day('2017-09-27'), time, 'Europe/Vienna')).toThrow(
      expect.objectContaining({ code: 'definition.invalid' }),
    );
  });

  it('refuses CET, a fixed offset and an unknown zone, in both directions', () => {
    const invalid = expect.objectContaining({ code: 'definition.invalid' });
    for (const zone of ['CET', '+01:00', 'Europe/Atlantis', '']) {
      expect(() => instantAt(day('2017-09-27'), '12:00', zone)).toThrow(invalid);
      expect(() => dateInZone(at('2017-09-27T12:00:00.000Z'), zone)).toThrow(invalid);
    }
  });
});

describe('a zone', () => {
  it('is named by area and place, or UTC', () => {
    for (const zone of [...zones, 'UTC', 'America/Argentina/Buenos_Aires']) expect(isZone(zone)).toBe(true);
    for (const zone of ['CET', 'EST', 'Z', '+02:00', 'Europe/', 'Europe/Atlantis'])
      expect(isZone(zone)).toBe(false);
  });
});
