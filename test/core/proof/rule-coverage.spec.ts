import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  makeWorkingCalendar,
  type WorkingCalendarData,
} from '../../../src/core/calendar/working-calendar.js';
import { factCatalogueSchema } from '../../../src/core/facts/fact-catalogue.js';
import { compileRulebook } from '../../../src/core/gates/compile-rulebook.js';
import { evaluateRule } from '../../../src/core/gates/evaluate-rule.js';
import type { Rule, Rulebook } from '../../../src/core/gates/rulebook.js';
import { runTestCases } from '../../../src/core/gates/run-test-cases.js';
import { leavesOf } from '../../../src/core/logic/condition.js';
import { decides } from '../../../src/core/logic/leaf-influence.js';
import { ruleCoverage, type Coverage } from '../../../src/core/proof/rule-coverage.js';
import { fromDayNumber } from '../../../src/core/calendar/calendar-date.js';
import {
  allValues,
  Dice,
  randomRules,
  SEED,
  smallCalendar,
  smallContext,
  smallDays,
  smallRulebook,
} from '../gates/small-world.js';

const CASES = 1_500;

/** What can be shown at all, by going through all facts: `pointer true` or `pointer false`. */
function bruteForce(rule: Rule): ReadonlySet<string> {
  const found = new Set<string>();
  const leaves = leavesOf(rule.condition);
  for (const values of allValues(rule.factNames)) {
    const facts = new Map(values.map((value) => [value.fact, value]));
    for (let day = smallDays.lo; day <= smallDays.hi; day += 1) {
      const context = { ...smallContext(facts), today: fromDayNumber(day) };
      const truths = evaluateRule(rule, context).leaves.map(({ result }) =>
        result === 'unknown' ? null : result === 'pass',
      );
      leaves.forEach(({ pointer }, i) => {
        if (truths[i] !== null && decides(rule.condition, truths, i))
          found.add(`${pointer} ${String(truths[i])}`);
      });
      if (!JSON.stringify(rule.conditions).includes('today')) break;
    }
  }
  return found;
}

function withProposals(rulebook: Rulebook, coverage: Coverage): Rulebook {
  const testCases = [...rulebook.testCases, ...coverage.rules.flatMap(({ proposals }) => proposals)];
  return { ...rulebook, testCases };
}

describe('coverage of a rulebook by its test cases', () => {
  it('finds a case for all that going through all facts shows, and for nothing else', () => {
    const dice = new Dice(SEED + 3);
    const realm = { calendar: smallCalendar, neighbourCalendars: [], days: smallDays };
    const seen = { missing: 0, impossible: 0 };
    for (let cases = 0; cases < CASES;) {
      const rulebook = smallRulebook(randomRules(dice, 3, 1), 3);
      const rule = rulebook?.rules.get('R01');
      if (rulebook === null || rule === undefined) continue;
      cases += 1;
      const coverage = ruleCoverage(rulebook, realm);
      const possible = bruteForce(rule);
      const label = () => JSON.stringify([SEED + 3, cases, rule.conditions]);
      for (const { pointer, whenTrue, whenFalse } of coverage.rules[0]?.leaves ?? []) {
        for (const [truth, { state }] of [
          ['true', whenTrue],
          ['false', whenFalse],
        ] as const) {
          const expected = possible.has(`${pointer} ${truth}`) ? 'missing' : 'impossible';
          if (state !== expected)
            throw new Error(`${pointer} ${truth} ${state}, not ${expected}: ${label()}`);
          seen[expected] += 1;
        }
      }
      const filled = withProposals(rulebook, coverage);
      if (runTestCases(filled, smallCalendar, []).length > 0) throw new Error(label());
      if (ruleCoverage(filled, realm).percent !== 100) throw new Error(label());
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(CASES / 10);
  });
});

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

describe('the shipped rulebook', () => {
  const { facts } = factCatalogueSchema.parse(read('rules/facts/1.json'));
  const catalogue = new Map(facts.map((fact) => [fact.name, fact]));
  const definition = read('rules/region-cycle/1.json') as { testCases: unknown[] };
  const compiled = compileRulebook(definition, catalogue, 'a-hash');
  if ('problems' in compiled) throw new Error('it has problems');
  const { rulebook } = compiled;
  const calendar = makeWorkingCalendar(read('config/calendars/AT-5.json') as WorkingCalendarData);
  const realm = { calendar, neighbourCalendars: [] };
  const coverage = ruleCoverage(rulebook, realm);

  it('is covered by its test cases, or a missing case is proposed that the file may take as it is', () => {
    expect(coverage.exactness.isExact).toBe(true);
    const proposals = coverage.rules.flatMap((rule) => rule.proposals);
    const filled = { ...definition, testCases: [...definition.testCases, ...proposals] };
    const again = compileRulebook(filled, catalogue, 'a-hash');
    if ('problems' in again) throw new Error(JSON.stringify(again.problems));
    expect(runTestCases(again.rulebook, calendar, [])).toEqual([]);
    expect(ruleCoverage(again.rulebook, realm).percent).toBe(100);
  });

  it('has few comparisons that never decide, and each of them is known', () => {
    const idle = coverage.rules.flatMap(({ rule, leaves }) =>
      leaves.flatMap(({ pointer, says, whenTrue, whenFalse }) => {
        const isIdle = [whenTrue, whenFalse].some(({ state }) => state === 'impossible');
        // Whether a fact is known is never answered with no.
        return isIdle && says.operator !== 'isKnown' ? [`${rule}${pointer}`] : [];
      }),
    );
    const known = [
      'R09/all/0', // two businesses: a share of 30 percent beside two of each other group says more
      'R10/any/0/all/0', // two workshops, one across regions: the other way asks for one, across regions
      'R10/any/0/all/1',
    ];
    expect(idle.filter((each) => !known.includes(each))).toEqual([]);
  });
});
