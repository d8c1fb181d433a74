import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { judgePairing } from '../../src/catalog/judge-pairing.js';
import { makeWorkingCalendar, type WorkingCalendarData } from '../../src/core/calendar/working-calendar.js';
import { agreeingVerdict } from '../../src/core/gates/agreeing-verdict.js';
import { evaluateGate } from '../../src/core/gates/evaluate-gate.js';
import { factsOfTestCase, runTestCases } from '../../src/core/gates/run-test-cases.js';
import type { Labels } from '../../src/core/terms/language.js';
import { checkModel } from '../../src/core/proof/model-check.js';
import { modelRegions } from '../../src/core/proof/model-check-model.js';
import { ruleCoverage } from '../../src/core/proof/rule-coverage.js';
import { day } from '../core/logic/logic-fixtures.js';
import { shippedDefinitions } from '../support/engine.js';

const { catalog } = shippedDefinitions();
/** Only ends a test that hangs. */
const TIMEOUT_MS = 120_000;

const ID = 'transformative-activity';
const workflow = catalog.workflow({ id: ID, version: 1 });
const rulebook = catalog.rulebook({ id: ID, version: 1 });
const CALENDARS = new URL('../../config/calendars/', import.meta.url);

function calendarOf(file: string) {
  return makeWorkingCalendar(
    JSON.parse(readFileSync(new URL(file, CALENDARS), 'utf8')) as WorkingCalendarData,
  );
}

function differInAllLanguages(labels: Labels): boolean {
  return new Set(Object.values(labels)).size === Object.keys(labels).length;
}

describe('the machine of an activity', () => {
  it('has the states of an activity, in their order, and is of an activity', () => {
    expect(workflow.subject).toBe('activity');
    expect([...workflow.states.keys()].join(' ')).toBe(
      'draft candidate rated selected cross_regional active dropped closed',
    );
  });

  it('can be dropped from everywhere, and goes forward only through gates', () => {
    for (const [id, state] of workflow.states) {
      if (state.kind === 'final') continue;
      expect(state.events.withdraw?.map(({ to }) => to)).toEqual(['dropped']);
      const forward = [...(state.events.advance ?? []), ...(state.events.close ?? [])];
      expect(forward.every(({ gate }) => (gate === undefined) === (id === 'draft'))).toBe(true);
    }
  });

  it('tells the coordinator after the ninety days of the theme lock, which a rest holds, and moves nobody', () => {
    const timers = [...workflow.timers].flatMap(([stage, list]) =>
      list.map(({ delay, then, whenSuspended }) => [stage, delay, then.to, whenSuspended]),
    );
    expect(timers).toEqual([['selected', { calendarDays: 90 }, undefined, 'freeze']]);
  });

  it('asks the rules for every gate and for no other', () => {
    expect(judgePairing(workflow, rulebook)).toEqual([]);
    const asked = [...workflow.states.values()].flatMap((state) =>
      state.kind === 'final'
        ? []
        : Object.values(state.events).flatMap((steps) => steps.flatMap(({ gate }) => gate ?? [])),
    );
    expect(new Set(asked)).toEqual(new Set(rulebook.gates.keys()));
  });

  it('has a task for every fact that a person records', () => {
    const named = [...workflow.tasks.values()].flat().flatMap(({ facts }) => facts);
    const recordable = [...catalog.factCatalogue({ id: 'facts', version: 2 }).values()].filter(
      ({ name, owner }) => name.startsWith('activity.') && owner !== 'engine',
    );
    expect(named.toSorted()).toEqual(recordable.map(({ name }) => name).toSorted());
  });

  it('says each task in five different ways', () => {
    for (const { labels } of [...workflow.tasks.values()].flat()) {
      expect(differInAllLanguages(labels)).toBe(true);
    }
  });
});

describe('the rules of an activity', () => {
  it('are each in a gate, and each in five languages', () => {
    const asked = new Set([...rulebook.gates.values()].flatMap(({ rules }) => rules.map(({ id }) => id)));
    expect([...asked].toSorted()).toEqual([...rulebook.rules.keys()].toSorted());
    for (const { labels } of rulebook.rules.values()) expect(differInAllLanguages(labels)).toBe(true);
  });

  it.each(readdirSync(CALENDARS))('come out as their test cases say in the calendar %s', (file) => {
    expect(runTestCases(rulebook, calendarOf(file), [])).toEqual([]);
  });

  it('are covered by their test cases completely', () => {
    const coverage = ruleCoverage(rulebook, { calendar: calendarOf('AT-5.json'), neighbourCalendars: [] });
    expect(coverage.exactness.isExact).toBe(true);
    expect(coverage.rules.flatMap(({ proposals }) => proposals)).toEqual([]);
    expect(coverage.percent).toBe(100);
  });

  it('mean the same to both evaluators in every test case', async () => {
    const calendar = calendarOf('AT-5.json');
    for (const testCase of rulebook.testCases) {
      const [about] = Object.keys(testCase.expect);
      const gate = [...rulebook.gates.values()].find(({ rules }) => rules.some(({ id }) => id === about));
      if (gate === undefined) throw new Error(`no gate asks ${about}`);
      const context = {
        facts: factsOfTestCase(testCase, rulebook.catalogue),
        stale: new Set<string>(),
        today: day(testCase.today),
        calendar,
        neighbourCalendars: [],
      };
      const verdict = evaluateGate({ rulebook, gate: gate.id, context, waivers: [] });
      expect(await agreeingVerdict({ rulebook, gate: gate.id, context }, verdict)).toEqual({ agreed: true });
    }
  });
});

describe('machine and rules together', () => {
  it(
    'pass the model check in all regions that may lead an activity',
    () => {
      const [scheme] = shippedDefinitions().schemes;
      if (scheme === undefined) throw new Error('no scheme is shipped');
      const check = checkModel({
        workflow,
        rulebook,
        syncPoints: [],
        regions: modelRegions(scheme.regions, catalog.calendars),
        startsOn: day(scheme.startsOn),
      });
      expect(check).toEqual({ alarms: [], undecided: [] });
    },
    TIMEOUT_MS,
  );
});
