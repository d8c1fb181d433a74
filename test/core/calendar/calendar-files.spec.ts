import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeWorkingCalendar } from '../../../src/core/calendar/working-calendar.js';
import { isWorkingDay, workingDaysBetween } from '../../../src/core/calendar/working-days.js';
import { day } from './calendar-fixtures.js';

interface CalendarFile {
  readonly id: string;
  readonly zone: string;
  readonly weekend: readonly number[];
  readonly coveredYears: { readonly first: number; readonly last: number };
  readonly holidays: readonly string[];
}

interface SchemeFile {
  readonly regions: readonly {
    readonly nuts: string;
    readonly zone: string;
    readonly calendar: string;
    readonly neighbours: readonly string[];
  }[];
}

const config = new URL('../../../config/', import.meta.url);
const readJson = <T>(path: string) => JSON.parse(readFileSync(new URL(path, config), 'utf8')) as T;

const fileNames = readdirSync(new URL('calendars/', config)).filter((name) => name.endsWith('.json'));
const calendars = new Map(
  fileNames.map((name) => {
    const written = readJson<CalendarFile>(`calendars/${name}`);
    return [
      name,
      { written, made: makeWorkingCalendar({ ...written, holidays: written.holidays.map(day) }) },
    ];
  }),
);

function calendar(id: string) {
  const found = calendars.get(`${id}.json`);
  if (found === undefined) throw new Error(`no calendar ${id}`);
  return found.made;
}

const free = (id: string, date: string) => calendar(id).holidays.has(day(date));

describe('every calendar file', () => {
  it('is there, one for each region', () => {
    expect(fileNames.toSorted()).toEqual(
      ['AT-4', 'AT-5', 'CH-FR', 'DE-BW', 'DE-BY', 'FR', 'IT-21', 'IT-25', 'IT-34', 'IT-TN', 'SI'].map(
        (id) => `${id}.json`,
      ),
    );
  });

  it.each([...calendars])('%s is named as its id, sorted, without doubles', (name, { written }) => {
    expect(`${written.id}.json`).toBe(name);
    expect(written.holidays).toEqual([...new Set(written.holidays)].toSorted());
  });

  it.each([...calendars])(
    '%s covers every one of its years with eight holidays or more',
    (_, { written }) => {
      expect(written.coveredYears).toEqual({ first: 2010, last: 2040 });
      for (let year = written.coveredYears.first; year <= written.coveredYears.last; year += 1) {
        const days = written.holidays.filter((holiday) => holiday.startsWith(String(year)));
        expect(days.length).toBeGreaterThanOrEqual(8);
        expect(days).toContain(`${year}-01-01`);
        expect(days).toContain(`${year}-12-25`);
      }
    },
  );

  it.each([...calendars])('%s leaves 240 to 262 working days in a year', (_, { made }) => {
    for (let year = made.coveredYears.first + 1; year <= made.coveredYears.last; year += 1) {
      const count = workingDaysBetween(made, day(`${year - 1}-12-31`), day(`${year}-12-31`));
      expect(count).toBeGreaterThanOrEqual(240);
      expect(count).toBeLessThanOrEqual(262);
    }
  });
});

describe('known days', () => {
  it('29 June is a holiday of Rome only, so a workshop of 2017 fell on a working day in Veneto', () => {
    for (const [, { made }] of calendars) expect(made.holidays.has(day('2017-06-29'))).toBe(false);
    expect(isWorkingDay(calendar('IT-34'), day('2017-06-29'))).toBe(true);
    expect(isWorkingDay(calendar('FR'), day('2017-06-29'))).toBe(true);
  });

  it('31 October 2017 was free in all Germany, 500 years after the Reformation, and only that year', () => {
    expect([free('DE-BW', '2017-10-31'), free('DE-BY', '2017-10-31')]).toEqual([true, true]);
    expect([free('DE-BW', '2018-10-31'), free('DE-BY', '2016-10-31')]).toEqual([false, false]);
    expect(free('SI', '2018-10-31')).toBe(true);
  });

  it.each([
    ['DE-BY', '2017-11-01', 'All Saints'],
    ['AT-4', '2017-12-08', 'Immaculate Conception'],
    ['AT-5', '2017-12-08', 'Immaculate Conception'],
    ['SI', '2017-02-08', 'Prešeren Day'],
    ['SI', '2012-01-02', 'second day of the year, before it was abolished'],
    ['SI', '2017-01-02', 'second day of the year, brought back'],
    ['CH-FR', '2017-06-15', 'Corpus Christi'],
    ['CH-FR', '2017-08-01', 'national day'],
    ['FR', '2017-07-14', 'national day'],
    ['IT-25', '2017-06-02', 'Republic Day'],
    ['IT-TN', '2011-03-17', '150 years of Italy'],
    ['IT-21', '2026-10-04', 'Saint Francis, since 2026'],
  ])('%s is free on %s (%s)', (id, date) => {
    expect(free(id, date)).toBe(true);
  });

  it.each([
    ['SI', '2014-01-02', 'abolished from 2013 to 2016'],
    ['IT-25', '2025-10-04', 'Saint Francis, not yet'],
    ['DE-BY', '2017-06-29', 'no holiday of the land'],
    ['AT-5', '2017-10-31', 'a German holiday'],
    ['FR', '2017-04-14', 'Good Friday, of Alsace only'],
  ])('%s is not free on %s (%s)', (id, date) => {
    expect(free(id, date)).toBe(false);
  });
});

describe('the scheme', () => {
  const { regions } = readJson<SchemeFile>('schemes/s3-4alpclusters.json');

  it('gives each of its eleven regions a calendar in the same zone', () => {
    expect(regions).toHaveLength(11);
    for (const region of regions) expect(calendar(region.calendar).zone).toBe(region.zone);
  });

  it('knows neighbours in both directions', () => {
    const pairs = regions.flatMap(({ nuts, neighbours }) => neighbours.map((other) => `${nuts} ${other}`));
    for (const pair of pairs) expect(pairs).toContain(pair.split(' ').toReversed().join(' '));
    expect(pairs).toHaveLength(16);
  });
});
