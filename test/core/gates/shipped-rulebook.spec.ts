import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  makeWorkingCalendar,
  type WorkingCalendarData,
} from '../../../src/core/calendar/working-calendar.js';
import { factCatalogueSchema } from '../../../src/core/facts/fact-catalogue.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { runTestCases } from '../../../src/core/gates/run-test-cases.js';

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

const { facts } = factCatalogueSchema.parse(read('rules/facts/1.json'));
const compiled = compileRulebook(
  read('rules/region-cycle/1.json'),
  new Map(facts.map((fact) => [fact.name, fact])),
  'a-hash',
);

describe('the shipped rulebook', () => {
  it('has no problem', () => {
    expect('problems' in compiled ? compiled.problems : []).toEqual([]);
  });

  const regions = readdirSync(new URL('../../../config/calendars', import.meta.url));
  it.each(regions)('comes out as its test cases say in the calendar %s', (file) => {
    if ('problems' in compiled) throw new Error('it has problems');
    const calendar = makeWorkingCalendar(read(`config/calendars/${file}`) as WorkingCalendarData);
    expect(runTestCases(compiled.rulebook, calendar, [])).toEqual([]);
  });
});
