import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delay } from '../../src/core/calendar/delay.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { lockCycle } from '../../src/store/cycle-store.js';
import { appendLog } from '../../src/store/log-store.js';
import type { SuspensionPolicy } from '../../src/store/task-store.js';
import { addTimer, listTimers, listWaitingTimers, type TimerRow } from '../../src/store/timer-store.js';
import { carryOutEffects } from '../support/carry-out.js';
import { cycleHands } from '../support/cycle-hands.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { taskOf, toldOf } from '../support/told.js';

describe('a task while its cycle rests', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof cycleHands>;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2016-11-01T08:00:00Z'));
    hand = cycleHands(engine);
    await hand.keepOnly('DE2', 'ITC1');
    await hand.at('2016-11-02T08:00:00Z');
  });
  afterAll(() => engine.close());

  it('is parked, keeps whoever had it, and cannot be worked on', async () => {
    const { id } = await taskOf(engine, 'DE2', 'A7');
    await claimTask(engine.deps, { ...by(engine.authority('DE2')), taskId: id });
    await hand.at('2016-11-07T09:00:00Z');
    await hand.suspend('DE2');
    const task = await taskOf(engine, 'DE2', 'A7');
    expect(task).toMatchObject({ status: 'parked', assignee: 'authority-DE2', dueOn: '2016-11-15' });
    const complete = completeTask(engine.deps, {
      ...by(engine.authority('DE2')),
      taskId: id,
      facts: [],
      note: null,
    });
    await expect(complete).rejects.toMatchObject({ code: 'task.parked' });
  });

  it('reminds of nothing, over weekends, holidays and the end of the year', async () => {
    await carryOutEffects(engine);
    const inbox = async () =>
      (
        await readInbox(engine.deps, {
          actor: engine.authority('DE2'),
          unread: false,
          after: null,
          limit: 500,
        })
      ).length;
    const before = await inbox();
    for (const day of ['2016-11-08', '2016-11-15', '2016-11-22', '2016-12-26', '2017-01-01', '2017-01-06']) {
      await hand.at(`${day}T12:00:00Z`);
    }
    expect(await inbox()).toBe(before);
  });

  it('goes on with the working days that were left, and reminds only of what is to come', async () => {
    // Six working days were left. 7 January 2017 is a Saturday after a holiday.
    await hand.at('2017-01-07T10:00:00Z');
    await hand.resume('DE2');
    const task = await taskOf(engine, 'DE2', 'A7');
    expect(task).toMatchObject({ status: 'claimed', assignee: 'authority-DE2', dueOn: '2017-01-16' });
    expect((await taskOf(engine, 'DE2', 'A1')).status).toBe('open');
    expect(await hand.timersOf('DE2', task.id)).toEqual([
      '2017-01-09T07:00:00.000Z',
      '2017-01-16T07:00:00.000Z',
      '2017-01-23T07:00:00.000Z',
      '2017-01-30T07:00:00.000Z',
    ]);
    await hand.at('2017-01-09T07:00:00Z');
    expect(await toldOf(engine, engine.authority('DE2'), task)).toEqual(['task.due-soon']);
  });

  it('rests a second time in the same way, and does not repeat what was told', async () => {
    await hand.at('2017-01-11T09:00:00Z');
    await hand.suspend('DE2');
    await hand.at('2017-02-01T09:00:00Z');
    await hand.resume('DE2');
    const task = await taskOf(engine, 'DE2', 'A7');
    // Three were left: 2, 3 and 6 February.
    expect(task.dueOn).toBe('2017-02-06');
    expect(await hand.timersOf('DE2', task.id)).toEqual([
      '2017-02-06T07:00:00.000Z',
      '2017-02-13T07:00:00.000Z',
      '2017-02-20T07:00:00.000Z',
    ]);
    await hand.at('2017-02-06T07:00:00Z');
    expect(await toldOf(engine, engine.authority('DE2'), task)).toEqual(['task.due-soon', 'task.due']);
  });

  it('goes on with the same timers after a rest of an hour', async () => {
    const { id } = await taskOf(engine, 'DE2', 'A7');
    const ids = async () =>
      (await engine.deps.database.read((tx) => listTimers(tx, engine.cycle('DE2'))))
        .filter(({ taskId }) => taskId === id)
        .map((timer) => [timer.id, timer.dueAt, timer.heldAt ?? null]);
    const before = await ids();
    await hand.suspend('DE2');
    expect(await ids()).not.toEqual(before);
    await hand.at('2017-02-06T08:00:00Z');
    await hand.resume('DE2');
    expect(await ids()).toEqual(before);
  });

  it('keeps its day, or begins anew, where its policy says so', async () => {
    engine.clock.set(instant('2017-02-06T09:00:00Z'));
    const [keep, restart] = ['A1', 'A2'];
    const before = await taskOf(engine, 'ITC1', 'A1');
    await hand.policy('ITC1', 'A1', 'keep');
    await hand.policy('ITC1', 'A2', 'restart');
    await hand.suspend('ITC1');
    await hand.at('2017-03-06T09:00:00Z');
    await hand.resume('ITC1');
    expect((await taskOf(engine, 'ITC1', keep)).dueOn).toBe(before.dueOn);
    // Thirty working days from Monday, 6 March 2017; Easter Monday is 17 April.
    expect((await taskOf(engine, 'ITC1', restart)).dueOn).toBe('2017-04-18');
  });

  it('leaves a history from which every state can be rebuilt', async () => {
    expect(await hand.verify()).toEqual([]);
  });
});

describe('a step of a ladder that falls into a rest', () => {
  it('is told at the next hour of reminders, once, where the due day stays', async () => {
    const engine = await openTestEngine(instant('2016-11-02T08:00:00Z'));
    try {
      const hand = cycleHands(engine);
      await hand.keepOnly('SI0');
      await carryOutEffects(engine);
      const task = await taskOf(engine, 'SI0', 'A7');
      expect(task.dueOn).toBe('2016-11-16');
      await hand.policy('SI0', 'A7', 'keep');
      await hand.at('2016-11-14T09:00:00Z');
      await hand.suspend('SI0');
      // Over the due day and the step after it, to a Saturday.
      await hand.at('2016-11-26T09:00:00Z');
      await hand.resume('SI0');
      await hand.at('2016-11-28T06:59:59Z');
      expect(await toldOf(engine, engine.authority('SI0'), task)).toEqual(['task.due-soon']);
      await hand.at('2016-11-28T07:00:00Z');
      expect(await toldOf(engine, engine.authority('SI0'), task)).toEqual(['task.due-soon', 'task.overdue']);
      await hand.at('2016-11-30T07:00:00Z');
      expect(await toldOf(engine, engine.coordinator, task)).toContain('task.escalated');
      expect(await hand.verify()).toEqual([]);
    } finally {
      await engine.close();
    }
  });
});

describe('a timer of a stage while its cycle rests', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof cycleHands>;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2016-11-02T08:00:00Z'));
    hand = cycleHands(engine);
    await hand.keepOnly('AT31');
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  /** A timer as the stage would have set it; its effect leads nowhere, so that it only fires. */
  const set = (
    nuts: string,
    timer: { name: string; dueAt: string; policy: SuspensionPolicy; delay: Delay },
  ) =>
    engine.deps.database.transact(async (tx) => {
      const cycle = await lockCycle(tx, engine.cycle(nuts));
      if (cycle === null) throw new Error('no cycle');
      const id = engine.deps.newId();
      addTimer(tx, {
        ...timer,
        id,
        cycleId: cycle.id,
        taskId: null,
        stage: cycle.stage,
        dueAt: instant(timer.dueAt),
        effect: { type: 'stage-timer', cycleId: cycle.id, timerId: id },
      });
      const at = await engine.deps.clock.now(tx);
      await appendLog(tx, cycle, { kind: 'timer', actor: SYSTEM_ACTOR, at, details: { change: 'set' } });
    });
  const named = async (nuts: string) => {
    const timers = await engine.deps.database.read((tx) => listTimers(tx, engine.cycle(nuts)));
    return new Map(
      timers.flatMap((timer): [string, TimerRow][] => (timer.name ? [[timer.name, timer]] : [])),
    );
  };

  it('is held, and neither fires nor is lost', async () => {
    const days = { delay: { workingDays: 10 }, dueAt: '2016-11-16T07:00:00.000Z' };
    await set('AT31', { name: 'stays', policy: 'keep', ...days });
    await set('AT31', { name: 'freezes', policy: 'freeze', ...days });
    await set('AT31', { name: 'restarts', policy: 'restart', ...days });
    await set('AT31', {
      name: 'freezes-hours',
      policy: 'freeze',
      delay: { hours: 1000 },
      dueAt: '2016-12-14T00:00:00.000Z',
    });
    await set('AT31', {
      name: 'is-due',
      policy: 'freeze',
      delay: { hours: 1 },
      dueAt: '2016-11-07T08:59:00.000Z',
    });
    engine.clock.set(instant('2016-11-07T09:00:00Z'));
    await hand.suspend('AT31');
    await hand.at('2017-01-05T09:00:00Z');
    const timers = await named('AT31');
    expect(timers.size).toBe(5);
    for (const { heldAt, firedAt } of timers.values()) {
      expect([heldAt, firedAt]).toEqual(['2016-11-07T09:00:00.000Z', null]);
    }
  });

  it('goes on by its policy: the same instant, what was left, or anew', async () => {
    // 7 January 2017: a Saturday after Epiphany. Seven working days were left; 62 days have passed.
    engine.clock.set(instant('2017-01-07T15:00:00Z'));
    await hand.resume('AT31');
    const timers = await named('AT31');
    const due = (name: string) => [timers.get(name)?.dueAt, timers.get(name)?.heldAt];
    expect(due('stays')).toEqual(['2016-11-16T07:00:00.000Z', null]);
    expect(due('freezes')).toEqual(['2017-01-17T07:00:00.000Z', null]);
    expect(due('restarts')).toEqual(['2017-01-20T07:00:00.000Z', null]);
    // 36 days and 15 hours were left.
    expect(due('freezes-hours')).toEqual(['2017-02-13T06:00:00.000Z', null]);
    expect(due('is-due')).toEqual(['2016-11-07T08:59:00.000Z', null]);
  });

  it('fires right after where its instant has passed, and no earlier than it is due else', async () => {
    await carryOutEffects(engine);
    const fired = async () =>
      [...(await named('AT31'))]
        .filter(([, { firedAt }]) => (firedAt ?? null) !== null)
        .map(([name]) => name);
    expect((await fired()).toSorted()).toEqual(['is-due', 'stays']);
    await hand.at('2017-01-17T06:59:59.999Z');
    expect(await fired()).toHaveLength(2);
    await hand.at('2017-01-17T07:00:00Z');
    expect(await fired()).toContain('freezes');
    expect(await hand.verify()).toEqual([]);
  });
});

describe('a cycle that ends', () => {
  it('leaves no task and no timer that waits, whether it ends at work or at rest', async () => {
    const engine = await openTestEngine(instant('2016-11-02T08:00:00Z'));
    try {
      const hand = cycleHands(engine);
      await hand.keepOnly('CH022', 'FRC2');
      await hand.suspend('CH022');
      for (const nuts of ['CH022', 'FRC2']) {
        await hand.withdraw(nuts);
        expect((await taskOf(engine, nuts, 'A7')).status).toBe('cancelled');
        const waiting = await engine.deps.database.read((tx) => listWaitingTimers(tx, engine.cycle(nuts)));
        expect(waiting.map(({ effect }) => effect.type)).toEqual([]);
      }
      await carryOutEffects(engine);
      const inbox = await readInbox(engine.deps, {
        actor: engine.authority('FRC2'),
        unread: false,
        after: null,
        limit: 500,
      });
      await hand.at('2017-06-30T12:00:00Z');
      const later = await readInbox(engine.deps, {
        actor: engine.authority('FRC2'),
        unread: false,
        after: null,
        limit: 500,
      });
      expect(later).toHaveLength(inbox.length);
      expect(await hand.verify()).toEqual([]);
    } finally {
      await engine.close();
    }
  });
});
