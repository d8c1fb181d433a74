import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  makeWorkingCalendar,
  type WorkingCalendarData,
} from '../../../src/core/calendar/working-calendar.js';
import { factCatalogueSchema } from '../../../src/core/facts/fact-catalogue.js';
import { agreeingVerdict } from '../../../src/core/gates/agreeing-verdict.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { evaluateGate } from '../../../src/core/gates/evaluate-gate.js';
import { factsOfTestCase, runTestCases } from '../../../src/core/gates/run-test-cases.js';
import { day } from '../logic/logic-fixtures.js';

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

  it('means the same to both evaluators in every test case', async () => {
    if ('problems' in compiled) throw new Error('it has problems');
    const { rulebook } = compiled;
    const calendar = makeWorkingCalendar(read('config/calendars/AT-5.json') as WorkingCalendarData);
    for (const testCase of rulebook.testCases) {
      const asked = Object.keys(testCase.expect);
      const gates = [...rulebook.gates.values()].filter(({ rules }) =>
        rules.some(({ id }) => asked.includes(id)),
      );
      const facts = factsOfTestCase(testCase, rulebook.catalogue);
      const context = {
        facts,
        stale: new Set<string>(),
        today: day(testCase.today),
        calendar,
        neighbourCalendars: [],
      };
      for (const { id: gate } of gates.slice(0, 1)) {
        const verdict = evaluateGate({ rulebook, gate, context, waivers: [] });
        expect(await agreeingVerdict({ rulebook, gate, context }, verdict)).toEqual({ agreed: true });
      }
    }
  });
});
