import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { judgePairing } from '../../src/catalog/judge-pairing.js';
import { makeWorkingCalendar, type WorkingCalendarData } from '../../src/core/calendar/working-calendar.js';
import { agreeingVerdict } from '../../src/core/gates/agreeing-verdict.js';
import { evaluateGate } from '../../src/core/gates/evaluate-gate.js';
import { factsOfTestCase, runTestCases } from '../../src/core/gates/run-test-cases.js';
import type { Labels } from '../../src/core/terms/language.js';
import { ruleCoverage } from '../../src/core/proof/rule-coverage.js';
import { day } from '../core/logic/logic-fixtures.js';
import { shippedDefinitions } from '../support/engine.js';

const { catalog } = shippedDefinitions();
const ID = 'joint-call';
const workflow = catalog.workflow({ id: ID, version: 1 });
const rulebook = catalog.rulebook({ id: ID, version: 1 });
const CALENDARS = new URL('../../config/calendars/', import.meta.url);

function calendarOf(file: string) {
  return makeWorkingCalendar(
    JSON.parse(readFileSync(new URL(file, CALENDARS), 'utf8')) as WorkingCalendarData,
  );
}

function stageOf(id: string) {
  const timers = (workflow.timers.get(id) ?? []).map(({ id: name, delay, whenSuspended, then }) => [
    name,
    delay,
    whenSuspended,
    then.effects.flatMap((effect) => (effect.type === 'notify' ? effect.audience : [])),
  ]);
  return { timers };
}

function differInAllLanguages(labels: Labels): boolean {
  return new Set(Object.values(labels)).size === Object.keys(labels).length;
}

describe('the machine of a call', () => {
  it('has the states of a call, in their order, and is of a call', () => {
    expect(workflow.subject).toBe('call');
    expect([...workflow.states.keys()].join(' ')).toBe(
      'draft proposed agreed packaged open closed evaluated ranked decided running cancelled reviewed',
    );
    expect(workflow.states.get('reviewed')).toMatchObject({ kind: 'final', status: 'closed' });
    expect(workflow.states.get('cancelled')).toMatchObject({ kind: 'final', status: 'withdrawn' });
  });

  it('can be cancelled from everywhere, and goes forward only through gates', () => {
    for (const [id, state] of workflow.states) {
      if (state.kind === 'final') continue;
      expect(state.events.withdraw?.map(({ to }) => to)).toEqual(['cancelled']);
      const forward = [...(state.events.advance ?? []), ...(state.events.close ?? [])];
      expect(forward.length).toBe(1);
      expect(forward.every(({ gate }) => (gate === undefined) === (id === 'draft'))).toBe(true);
    }
  });

  it('reminds at +10 and escalates at +20 working days after the evaluation should be finished (S5)', () => {
    const { timers } = stageOf('closed');
    const due = workflow.tasks.get('closed')?.find(({ id }) => id === 'C9')?.target;
    expect(due).toEqual({ workingDays: 60 });
    expect(timers).toEqual([
      ['evaluation-reminder', { workingDays: 60 + 10 }, 'freeze', ['authority', 'coordinator']],
      ['evaluation-escalation', { workingDays: 60 + 20 }, 'freeze', ['coordinator']],
    ]);
  });

  it('reminds after 30, names who blocks after 60 and lets the others go on after 120 days (R26, S6)', () => {
    expect(stageOf('ranked').timers.map(([id, delay, policy]) => [id, delay, policy])).toEqual([
      ['decision-reminder', { calendarDays: 30 }, 'keep'],
      ['decision-window', { calendarDays: 60 }, 'keep'],
      ['decision-parting', { calendarDays: 120 }, 'keep'],
    ]);
  });

  it('moves no call by a timer of a stage', () => {
    const moving = [...workflow.timers.values()].flat().filter(({ then }) => then.to !== undefined);
    expect(moving).toEqual([]);
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

  it('says each task in five different ways', () => {
    for (const { labels } of [...workflow.tasks.values()].flat()) {
      expect(differInAllLanguages(labels)).toBe(true);
    }
  });
});

describe('the rules of a call', () => {
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
