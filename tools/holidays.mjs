/**
 * Writes the files of config/calendars/ from the package date-holidays (a development dependency: the running
 * system reads only the files). Licence and attribution of the data: NOTICE.
 *
 *   node tools/holidays.mjs           write the files
 *   node tools/holidays.mjs --check   change nothing; fail if a file differs from what would be written
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import Holidays from 'date-holidays';

const YEAR_FIRST = 2010;
const YEAR_LAST = 2040;
const SATURDAY = 6;
const SUNDAY = 7;

const folder = new URL('../config/calendars/', import.meta.url);
const packageFile = new URL('../node_modules/date-holidays/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));

const noItalianSubdivision =
  'date-holidays has no such subdivision: the holidays of Italy. The feasts of patron saints are local and left out.';

/**
 * `subdivision`: as date-holidays names it, null for the whole country. `added`: days that the package leaves
 * out. `note`: what a reader of the calendar must know.
 */
const calendars = [
  { id: 'DE-BW', country: 'DE', subdivision: 'BW', zone: 'Europe/Berlin' },
  {
    id: 'DE-BY',
    country: 'DE',
    subdivision: 'BY',
    zone: 'Europe/Berlin',
    note: '15 August is a holiday in most municipalities of Bavaria (Munich among them) but not in all: left out. So is 8 August, of Augsburg only.',
  },
  { id: 'AT-4', country: 'AT', subdivision: '4', zone: 'Europe/Vienna' },
  { id: 'AT-5', country: 'AT', subdivision: '5', zone: 'Europe/Vienna' },
  {
    id: 'CH-FR',
    country: 'CH',
    subdivision: 'FR',
    zone: 'Europe/Zurich',
    note: 'Corpus Christi, 15 August, 1 November and 8 December are not kept in some municipalities of the district of the lake (Murten and around). 2 January, Easter Monday, Whit Monday and 26 December, free in many places but optional by law, are left out.',
  },
  {
    id: 'FR',
    country: 'FR',
    subdivision: null,
    zone: 'Europe/Paris',
    note: 'date-holidays has no subdivision for Bourgogne-Franche-Comté: the holidays of France.',
  },
  {
    id: 'IT-21',
    country: 'IT',
    subdivision: '21',
    zone: 'Europe/Rome',
    note: 'The feasts of patron saints are local and left out.',
  },
  {
    id: 'IT-25',
    country: 'IT',
    subdivision: '25',
    zone: 'Europe/Rome',
    note: 'The feasts of patron saints are local and left out.',
  },
  { id: 'IT-34', country: 'IT', subdivision: null, zone: 'Europe/Rome', note: noItalianSubdivision },
  { id: 'IT-TN', country: 'IT', subdivision: null, zone: 'Europe/Rome', note: noItalianSubdivision },
  {
    id: 'SI',
    country: 'SI',
    subdivision: null,
    zone: 'Europe/Ljubljana',
    added: ['2010-01-02', '2011-01-02', '2012-01-02', '2023-08-14'],
    note: 'Added to what date-holidays knows: 2 January, a holiday until 2012 and again from 2017 (https://en.wikipedia.org/wiki/Public_holidays_in_Slovenia), and 14 August 2023, a single day after the floods (general knowledge).',
  },
];

/** Every public holiday of one calendar, ascending, each day once. */
function holidaysOf({ id, country, subdivision, added = [] }) {
  const source = subdivision === null ? new Holidays(country) : new Holidays(country, subdivision);
  // An unknown subdivision is answered with the country's holidays, without a word.
  if (subdivision !== null && !(subdivision in source.getStates(country))) {
    throw new Error(`${id}: date-holidays has no subdivision ${country}-${subdivision}`);
  }
  const days = new Set(added);
  for (let year = YEAR_FIRST; year <= YEAR_LAST; year += 1) {
    for (const holiday of source.getHolidays(year)) {
      // `date` is local time of the country; its first ten characters are the day there, whatever zone we run in.
      const day = holiday.date.slice(0, 10);
      if (holiday.type === 'public' && day.startsWith(String(year))) days.add(day);
    }
  }
  return [...days].toSorted();
}

/** JSON with one line of holidays per year: short, and a changed year is a changed line. */
function fileText(calendar) {
  const head = {
    id: calendar.id,
    zone: calendar.zone,
    weekend: [SATURDAY, SUNDAY],
    coveredYears: { first: YEAR_FIRST, last: YEAR_LAST },
    source: `date-holidays ${version} (code ISC, data CC-BY-SA-3.0)`,
    ...(calendar.note === undefined ? {} : { note: calendar.note }),
  };
  const fields = Object.entries(head).map(([name, value]) => `  "${name}": ${JSON.stringify(value)},`);
  const byYear = Object.values(Object.groupBy(holidaysOf(calendar), (day) => day.slice(0, 4)));
  const lines = byYear.map((days) => `    ${days.map((day) => JSON.stringify(day)).join(', ')}`);
  return `{\n${fields.join('\n')}\n  "holidays": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function isUpToDate(file, text) {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}

const onlyCheck = process.argv.includes('--check');
if (!onlyCheck) mkdirSync(folder, { recursive: true });
for (const calendar of calendars) {
  const file = new URL(`${calendar.id}.json`, folder);
  const text = fileText(calendar);
  if (isUpToDate(file, text)) continue;
  if (onlyCheck) {
    console.error(`config/calendars/${calendar.id}.json differs: run node tools/holidays.mjs`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`config/calendars/${calendar.id}.json written`);
  }
}
