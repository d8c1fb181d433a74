import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { addWorkingDays } from '../../src/core/calendar/working-days.js';
import type { Actor } from '../../src/core/terms/actor.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { createAccount } from '../../src/engine/accounts/create-account.js';
import { addClosure } from '../../src/engine/calendars/add-closure.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { decideExtension } from '../../src/engine/tasks/decide-extension.js';
import { prioritiseTask } from '../../src/engine/tasks/prioritise-task.js';
import { remindTask } from '../../src/engine/tasks/remind-task.js';
import { requestExtension } from '../../src/engine/tasks/request-extension.js';
import { hashToken } from '../../src/app/tokens.js';
import { listTimers } from '../../src/store/timer-store.js';
import { carryOutEffects } from '../support/carry-out.js';
import { cycleHands } from '../support/cycle-hands.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { taskOf, toldOf } from '../support/told.js';

describe('the ladder of a task', () => {
  let engine: TestEngine;
  let steeringGroup: Actor;

  beforeAll(async () => {
    // 1 November 2016 is a holiday in most of the regions.
    engine = await openTestEngine(instant('2016-11-01T08:00:00Z'));
    steeringGroup = {
      id: 'steering',
      name: 'Steering',
      role: 'steering_group',
      region: null,
      language: 'en',
    };
    await createAccount(engine.deps, {
      ...by(SYSTEM_ACTOR),
      account: {
        ...steeringGroup,
        role: 'steering_group',
        email: 'steering@cordata.example',
        tokenHash: hashToken('test-token-steering'),
      },
    });
    await cycleHands(engine).keepOnly('DE1', 'FRC2', 'SI0', 'ITH2', 'AT31');
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const at = async (text: string) => {
    engine.clock.set(instant(text));
    await carryOutEffects(engine);
  };
  const timersOf = async (taskId: string, nuts: string) =>
    (await engine.deps.database.read((tx) => listTimers(tx, engine.cycle(nuts))))
      .filter((timer) => timer.taskId === taskId && (timer.cancelledAt ?? null) === null)
      .map(({ dueAt }) => dueAt)
      .toSorted();

  it('is a timer for each step still to come, at eight in the zone and on a working day of whoever acts', async () => {
    const task = await taskOf(engine, 'DE1', 'A7');
    expect(task.dueOn).toBe('2016-11-15');
    expect(await timersOf(task.id, 'DE1')).toEqual([
      '2016-11-08T07:00:00.000Z',
      '2016-11-15T07:00:00.000Z',
      '2016-11-22T07:00:00.000Z',
      '2016-11-29T07:00:00.000Z',
    ]);
  });

  it('tells the owner in good time and on the day, then the coordinator, then the steering group', async () => {
    const task = await taskOf(engine, 'DE1', 'A7');
    const owner = engine.authority('DE1');
    const told = async () => [
      await toldOf(engine, owner, task),
      (await toldOf(engine, engine.coordinator, task)).length,
      (await toldOf(engine, steeringGroup, task)).length,
    ];
    await at('2016-11-08T06:59:59Z');
    expect((await told())[0]).toEqual([]);
    await at('2016-11-08T07:00:00Z');
    expect((await told())[0]).toEqual(['task.due-soon']);
    await at('2016-11-15T07:00:00Z');
    expect((await told())[0]).toEqual(['task.due-soon', 'task.due']);
    expect(await toldOf(engine, engine.authority('DE2'), task)).not.toContain('task.overdue');
    await at('2016-11-22T07:00:00Z');
    expect((await told())[0]).toEqual(['task.due-soon', 'task.due', 'task.overdue']);
    await at('2016-11-29T07:00:00Z');
    expect((await told())[0]).toEqual(['task.due-soon', 'task.due', 'task.overdue']);
    expect(await toldOf(engine, engine.coordinator, task)).toContain('task.escalated');
    expect(await toldOf(engine, steeringGroup, task)).toContain('task.escalated');
    expect(await toldOf(engine, steeringGroup, task)).not.toContain('task.overdue');
  });

  it('is its own where the file says so for the task, and does not tell the coordinator twice of what is theirs', async () => {
    const task = await taskOf(engine, 'FRC2', 'A4');
    expect([task.owner, task.dueOn]).toEqual(['coordinator', '2016-12-14']);
    await at('2016-12-21T07:00:00Z');
    const region = (template: string, list: readonly string[]) =>
      list.filter((one) => one === template).length;
    const escalated = await toldOf(engine, engine.coordinator, task);
    // Once for each region whose task has been late for five working days, never twice.
    expect(region('task.escalated', escalated)).toBeGreaterThan(0);
    expect(await toldOf(engine, steeringGroup, task)).toContain('task.escalated');
    expect(await toldOf(engine, engine.authority('FRC2'), task)).toEqual([]);
  });

  it('ends with the task', async () => {
    const task = await taskOf(engine, 'SI0', 'A3');
    expect(await timersOf(task.id, 'SI0')).not.toEqual([]);
    await completeTask(engine.deps, {
      ...by(engine.authority('SI0')),
      taskId: task.id,
      facts: [],
      note: null,
    });
    expect(await timersOf(task.id, 'SI0')).toEqual([]);
  });

  it('waits for the next working day where the calendar was closed on the day of a step', async () => {
    const task = await taskOf(engine, 'ITH2', 'A3');
    const dueOn = task.dueOn as CalendarDate;
    await addClosure(engine.deps, {
      ...by(engine.administrator),
      calendar: 'IT-TN',
      date: dueOn,
      label: 'strike',
    });
    const next = addWorkingDays(engine.deps.catalog.calendar('IT-TN'), dueOn, 1);
    await at(`${dueOn}T09:00:00Z`);
    expect(await toldOf(engine, engine.authority('ITH2'), task)).not.toContain('task.due');
    await at(`${next}T06:59:59Z`);
    expect(await toldOf(engine, engine.authority('ITH2'), task)).not.toContain('task.due');
    await at(`${next}T07:00:00Z`);
    expect(await toldOf(engine, engine.authority('ITH2'), task)).toContain('task.due');
  });

  it('tells nobody of a due day that has moved since the timer was set', async () => {
    const task = await taskOf(engine, 'AT31', 'A2');
    const before = (await toldOf(engine, engine.authority('AT31'), task)).length;
    const stale = { type: 'remind', taskId: task.id, dueOn: '2016-12-01', workingDays: 0 } as const;
    await remindTask(engine.deps, engine.deps.newId(), stale);
    await carryOutEffects(engine);
    expect(await toldOf(engine, engine.authority('AT31'), task)).toHaveLength(before);
  });

  it('reads a reminder from before ladders as that of the due day', async () => {
    // It was due yesterday; the next step has not come.
    const task = await taskOf(engine, 'ITH2', 'A3');
    const before = (await toldOf(engine, engine.authority('ITH2'), task)).filter((one) => one === 'task.due');
    await remindTask(engine.deps, engine.deps.newId(), { type: 'remind', taskId: task.id });
    await carryOutEffects(engine);
    const after = (await toldOf(engine, engine.authority('ITH2'), task)).filter((one) => one === 'task.due');
    expect(after).toHaveLength(before.length + 1);
  });

  it('leaves a history from which every state can be rebuilt', async () => {
    const report = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(report.faults).toEqual([]);
  });
});

describe('more time for a task', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2016-11-02T08:00:00Z'));
    await cycleHands(engine).keepOnly('DE1', 'AT32', 'ITC4');
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const ask = async (nuts: string, until: string, actor = engine.authority(nuts)) =>
    requestExtension(engine.deps, {
      ...by(actor),
      taskId: (await taskOf(engine, nuts, 'A7')).id,
      until: until as CalendarDate,
      reason: 'the study is late',
    });
  const decide = async (nuts: string, granted: boolean, actor = engine.coordinator) =>
    decideExtension(engine.deps, {
      ...by(actor),
      taskId: (await taskOf(engine, nuts, 'A7')).id,
      granted,
      note: 'as agreed',
    });

  it('is asked for until a later day, by somebody who may work on the task', async () => {
    const { dueOn } = await taskOf(engine, 'DE1', 'A7');
    await expect(ask('DE1', dueOn as string)).rejects.toMatchObject({ code: 'task.date-invalid' });
    await expect(ask('DE1', '2018-01-01')).rejects.toMatchObject({ code: 'task.date-invalid' });
    await expect(ask('DE1', '2016-12-20', engine.authority('DE2'))).rejects.toMatchObject({
      code: 'task.not-found',
    });
    await expect(ask('DE1', '2016-12-20', engine.auditor)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    const task = await ask('DE1', '2016-12-20');
    expect(task.extension).toMatchObject({
      state: 'requested',
      until: '2016-12-20',
      requestedBy: 'authority-DE1',
    });
    expect(task.dueOn).toBe(dueOn);
    await expect(ask('DE1', '2016-12-21')).rejects.toMatchObject({ code: 'task.extension-open' });
    await carryOutEffects(engine);
    expect(await toldOf(engine, engine.coordinator, task)).toEqual(['task.extension-requested']);
    expect(await toldOf(engine, engine.authority('DE1'), task)).toEqual([]);
  });

  it('is granted by the coordinator alone: the due day moves, the timers with it, and both sides are told', async () => {
    await expect(decide('DE1', true, engine.authority('DE1'))).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    const task = await decide('DE1', true);
    expect(task).toMatchObject({
      dueOn: '2016-12-20',
      extension: { state: 'granted', decidedBy: 'coordinator' },
    });
    await expect(decide('DE1', true)).rejects.toMatchObject({ code: 'task.extension-none' });
    const timers = await engine.deps.database.read((tx) => listTimers(tx, engine.cycle('DE1')));
    const waiting = timers.filter(
      (timer) => timer.taskId === task.id && (timer.cancelledAt ?? null) === null,
    );
    expect(waiting.map(({ dueAt }) => dueAt).toSorted()).toEqual([
      '2016-12-13T07:00:00.000Z',
      '2016-12-20T07:00:00.000Z',
      '2016-12-28T07:00:00.000Z',
      '2017-01-04T07:00:00.000Z',
    ]);
    await carryOutEffects(engine);
    for (const actor of [engine.coordinator, engine.authority('DE1')]) {
      expect(await toldOf(engine, actor, task)).toContain('task.extension-granted');
    }
    // The old due day passes in silence.
    engine.clock.set(instant('2016-11-16T09:00:00Z'));
    await carryOutEffects(engine);
    expect(await toldOf(engine, engine.authority('DE1'), task)).toEqual(['task.extension-granted']);
  });

  it('is refused with a note, and the due day stays', async () => {
    await ask('AT32', '2016-12-20');
    const before = (await taskOf(engine, 'AT32', 'A7')).dueOn;
    const task = await decide('AT32', false);
    expect(task.dueOn).toBe(before);
    expect(task.extension).toMatchObject({ state: 'refused', note: 'as agreed' });
    await carryOutEffects(engine);
    expect(await toldOf(engine, engine.authority('AT32'), task)).toContain('task.extension-refused');
  });

  it('cannot be granted for a day that has passed meanwhile', async () => {
    await ask('ITC4', '2016-12-01');
    engine.clock.set(instant('2016-12-02T09:00:00Z'));
    await expect(decide('ITC4', true)).rejects.toMatchObject({ code: 'task.date-invalid' });
    expect((await decide('ITC4', false)).extension).toMatchObject({ state: 'refused' });
  });

  it('has its place in the log of the cycle, as the priority has', async () => {
    const { id } = await taskOf(engine, 'DE1', 'A7');
    const prioritise = (actor: Actor) =>
      prioritiseTask(engine.deps, { ...by(actor), taskId: id, priority: 'urgent' });
    await expect(prioritise(engine.authority('DE1'))).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    expect(await prioritise(engine.coordinator)).toMatchObject({ priority: 'urgent' });
    await prioritise(engine.coordinator);
    const log = await readHistory(engine.deps, {
      actor: engine.auditor,
      cycleId: engine.cycle('DE1'),
      after: 0,
      limit: 500,
    });
    const changes = log
      .filter(({ details }) => details['task'] === id)
      .map(({ details }) => details['change']);
    expect(changes).toEqual(['opened', 'extension-requested', 'extension-granted', 'prioritised']);
    const report = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(report.faults).toEqual([]);
  });
});
