import type { CalendarDate } from '../calendar/calendar-date.js';
import type { DatePrecision } from '../calendar/date-span.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { FactCatalogue } from '../facts/fact-catalogue.js';
import type { Facts, FactValue } from '../facts/fact-value.js';
import type { Instant } from '../terms/instant.js';
import { evaluateRule } from './evaluate-rule.js';
import type { Rulebook } from './rulebook.js';
import type { RulebookTestCase } from './rulebook-schema.js';

/** A rule that did not come out as one of its rulebook's test cases says. */
export interface TestCaseMismatch {
  readonly testCase: string;
  readonly rule: string;
  readonly expected: 'pass' | 'fail' | 'unknown';
  readonly actual: 'pass' | 'fail' | 'unknown';
}

/**
 * Runs the test cases that a rulebook carries, in the calendars of one region. What a case does not give is missing.
 * Empty: all came out as written.
 */
export function runTestCases(
  rulebook: Rulebook,
  calendar: WorkingCalendar,
  neighbourCalendars: readonly WorkingCalendar[],
): readonly TestCaseMismatch[] {
  return rulebook.testCases.flatMap((testCase) => {
    const facts = factsOfTestCase(testCase, rulebook.catalogue);
    const today = testCase.today as CalendarDate;
    return Object.entries(testCase.expect).flatMap(([id, expected]): TestCaseMismatch[] => {
      const rule = rulebook.rules.get(id);
      if (rule === undefined) return [];
      const { truth } = evaluateRule(rule, { facts, today, calendar, neighbourCalendars });
      const actual = truth === null ? 'unknown' : truth ? 'pass' : 'fail';
      return actual === expected ? [] : [{ testCase: testCase.name, rule: id, expected, actual }];
    });
  });
}

/** The facts that a test case gives, as if recorded on its day. */
export function factsOfTestCase({ facts, today }: RulebookTestCase, catalogue: FactCatalogue): Facts {
  return new Map(
    Object.entries(facts).map(([fact, given]): [string, FactValue] => {
      const isDate = catalogue.get(fact)?.type.kind === 'date';
      const { value, precision } = typeof given === 'object' ? given : { value: given, precision: 'day' };
      return [
        fact,
        {
          fact,
          value,
          precision: isDate ? (precision as DatePrecision) : null,
          observedOn: null,
          evidence: null,
          note: null,
          recordedBy: 'test-case',
          recordedAt: `${today}T00:00:00.000Z` as Instant,
          cycleNumber: 1,
        },
      ];
    }),
  );
}
