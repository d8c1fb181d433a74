/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAfter } from '../../src/core/calendar/delay.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { instantFromMs, instantToMs, type Instant } from '../../src/core/terms/instant.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { takePicture } from '../../src/engine/cycles/cycle-picture.js';
import { moveCycle } from '../../src/engine/cycles/move-cycle.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../../src/engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { readDecisions } from '../../src/engine/decisions/read-decisions.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { fireStageTimer } from '../../src/engine/timers/fire-stage-timer.js';
import { fireDueTimers } from '../../src/relay/fire-due-timers.js';
import { lockCycle } from '../../src/store/cycle-store.js';
import { listTimers } from '../../src/store/timer-store.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { catalogWithWorkflow, openTimedScheme, timedWorkflow } from '../support/timed-workflow.js';

const plain = { note: null, decidedOn: null } as const;

const workflow = timedWorkflow({
  agenda_setting: [
    {
      id: 'warn',
      delay: { workingDays: 5 },
      then: { effects: [{ type: 'notify', template: 'stage.lasting', audience: ['coordinator'] }] },
    },
    {
      id: 'go-on',
      delay: { calendarDays: 10 },
      whenSuspended: 'freeze',
      then: { to: 'strategy_development', gate: 'agenda_setting.exit' },
    },
  ],
  strategy_development: [
    { id: 'back', delay: { hours: 48 }, whenSuspended: 'restart', then: { to: 'agenda_setting' } },
  ],
});

/** A Monday, the entry into agenda setting; in these days the gate can open. */
const ENTERED = instant('2017-07-03T08:00:00Z');
/** Eight in the morning in Vienna, five working days and ten calendar days later. */
const WARNED = instant('2017-07-10T06:00:00Z');
const WENT_ON = instant('2017-07-13T06:00:00Z');

function before(at: Instant): Instant {
  return instantFromMs(instantToMs(at) - 1);
}

describe('a timer of a stage', () => {
  let engine: TestEngine;
  let schemes = 0;

  beforeAll(async () => {
    // No earlier: the reminders of the shipped scheme would all be sent first.
    const opened = await openTestEngine(ENTERED);
    engine = { ...opened, deps: { ...opened.deps, catalog: catalogWithWorkflow(workflow) } };
  });
  afterAll(() => engine.close());

  /** A cycle in agenda setting since `ENTERED`. */
  async function enter(nuts: string): Promise<string> {
    schemes += 1;
    engine.clock.set(ENTERED);
    return openTimedScheme(engine, `timed-${schemes}`, nuts);
  }
  const command = (cycleId: string) => ({ ...by(engine.coordinator), cycleId, ...plain });
  const record = (cycleId: string, nuts: string) =>
    recordFacts(engine.deps, { ...by(engine.authority(nuts)), cycleId, facts: agendaSettingFacts() });
  async function at(time: Instant): Promise<void> {
    engine.clock.set(time);
    await carryOutEffects(engine);
  }
  const stageOf = async (cycleId: string) =>
    (await readCycle(engine.deps, { actor: engine.coordinator, cycleId })).cycle.stage;
  const timersOf = (cycleId: string) => engine.deps.database.read((tx) => listTimers(tx, cycleId));
  /** `<name> <state>` of the timers of stages. */
  const statesOf = async (cycleId: string) =>
    (await timersOf(cycleId))
      .flatMap(({ name, firedAt, cancelledAt, heldAt }) => {
        const state = [
          [firedAt, 'fired'],
          [cancelledAt, 'cancelled'],
          [heldAt, 'held'],
        ].find(([when]) => (when ?? null) !== null);
        return (name ?? null) === null ? [] : [`${name} ${state?.[1] ?? 'waiting'}`];
      })
      .toSorted();
  const dueOf = async (cycleId: string, name: string) =>
    (await timersOf(cycleId)).find(
      (timer) => timer.name === name && (timer.firedAt ?? timer.cancelledAt ?? null) === null,
    )?.dueAt;
  const history = (cycleId: string) =>
    readHistory(engine.deps, { actor: engine.auditor, cycleId, after: 0, limit: 1000 });
  const timed = async (cycleId: string) =>
    (await history(cycleId)).filter(({ details }) => String(details['type']).startsWith('timer:'));
  const notices = async (cycleId: string, template: string) =>
    (
      await readInbox(engine.deps, { actor: engine.coordinator, after: null, unread: false, limit: 200 })
    ).filter((notice) => notice.template === template && notice.cycleId === cycleId);
  /** Fires the due timer of this name without its job, as the relay does; gives what the job would get. */
  async function fire(cycleId: string, name: string) {
    await fireDueTimers({
      database: engine.deps.database,
      clock: engine.deps.clock,
      sender: { send: async () => {}, resend: async () => {} },
      machineNow: () => ENTERED,
    } as Parameters<typeof fireDueTimers>[0]);
    const row = (await timersOf(cycleId)).find((timer) => timer.name === name && timer.firedAt !== null);
    if (row === undefined) throw new Error(`${name} has not fired`);
    const effect = { type: 'stage-timer', cycleId, timerId: row.id } as const;
    return { id: row.id, run: () => fireStageTimer(engine.deps, row.id, effect) };
  }

  it('is set in the transaction of the step, due at an instant of the region’s calendar and zone', async () => {
    for (const nuts of ['AT32', 'ITH2', 'SI0']) {
      const cycleId = await enter(nuts);
      const region = engine.scheme.regions.find((one) => one.nuts === nuts);
      const calendar = engine.deps.catalog.calendar(region?.calendar ?? '');
      const due = (delay: Parameters<typeof instantAfter>[3]) =>
        instantAfter(calendar, region?.zone ?? '', ENTERED, delay);
      expect(await dueOf(cycleId, 'warn')).toBe(due({ workingDays: 5 }));
      expect(await dueOf(cycleId, 'go-on')).toBe(due({ calendarDays: 10 }));
    }
  });

  it('is not there when the transaction comes to nothing', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    const failing = engine.deps.database.transact(async (tx) => {
      const cycle = await lockCycle(tx, cycleId);
      if (cycle === null) throw new Error('no cycle');
      const picture = await takePicture(engine.deps, tx, cycle, ENTERED);
      const wish = { type: 'advance', to: null, ...plain } as const;
      const move = await moveCycle(engine.deps, tx, engine.coordinator, { picture, wish });
      throw new Error(move.kind);
    });
    await expect(failing).rejects.toThrow('moved');
    expect(await statesOf(cycleId)).toEqual(['go-on waiting', 'warn waiting']);
  });

  it('tells once, not a millisecond early, and leaves the cycle where it is', async () => {
    const cycleId = await enter('AT32');
    const version = async () =>
      (await readCycle(engine.deps, { actor: engine.coordinator, cycleId })).cycle.version;
    const was = await version();
    await at(before(WARNED));
    expect(await notices(cycleId, 'stage.lasting')).toEqual([]);
    await at(WARNED);
    await at(instant('2017-07-11T06:00:00Z'));
    const [told, ...more] = await notices(cycleId, 'stage.lasting');
    expect([told?.body, more]).toEqual([expect.stringContaining('3 July 2017'), []]);
    expect([await stageOf(cycleId), await version()]).toEqual(['agenda_setting', was]);
    expect(await statesOf(cycleId)).toEqual(['go-on waiting', 'warn fired']);
    const [entry] = (await history(cycleId)).filter(({ kind }) => kind === 'timer');
    expect(entry?.details).toMatchObject({ change: 'fired', name: 'warn', stage: 'agenda_setting' });
  });

  it('moves the cycle by itself when its gate opens, and the log says who: nobody', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    await at(before(WENT_ON));
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    await at(WENT_ON);
    expect(await stageOf(cycleId)).toBe('strategy_development');
    expect(await statesOf(cycleId)).toEqual(['back waiting', 'go-on fired', 'warn fired']);
    const [entry, ...more] = await timed(cycleId);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ kind: 'transition', actorId: SYSTEM_ACTOR.id, actorRole: 'system' });
    expect(entry?.details).toMatchObject({ type: 'timer:go-on', to: 'strategy_development' });
    const decisions = await readDecisions(engine.deps, {
      actor: engine.auditor,
      filter: { cycleId, limit: 10 },
    });
    expect(decisions.map(({ event, outcome }) => [event, outcome])).toEqual([['timer:go-on', 'moved']]);
  });

  it('that a gate refuses is a refusal like any other, and the coordinator is told', async () => {
    const cycleId = await enter('AT31');
    await at(WENT_ON);
    await at(instant('2017-07-14T06:00:00Z'));
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    const entries = await timed(cycleId);
    expect(entries.map(({ kind, details }) => [kind, details['code']])).toEqual([
      ['refusal', 'gate.refused'],
    ]);
    expect(await notices(cycleId, 'gate.refused')).toHaveLength(1);
    expect(await statesOf(cycleId)).toEqual(['go-on fired', 'warn fired']);
  });

  it('counts hours of the clock, over a weekend too', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    const friday = instant('2017-07-07T15:30:00Z');
    engine.clock.set(friday);
    await advanceCycle(engine.deps, { ...command(cycleId), to: null });
    const sunday = instant('2017-07-09T15:30:00Z');
    await at(before(sunday));
    expect(await stageOf(cycleId)).toBe('strategy_development');
    await at(sunday);
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    // The stage that is entered again has its timers again, from now on.
    expect(await dueOf(cycleId, 'go-on')).toBe('2017-07-19T06:00:00.000Z');
  });

  it.each([
    ['left', (cycleId: string) => advanceCycle(engine.deps, { ...command(cycleId), to: null })],
    ['ended', (cycleId: string) => withdrawCycle(engine.deps, command(cycleId))],
  ])('does nothing once its stage is %s', async (_name, leave) => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    await leave(cycleId);
    expect(await statesOf(cycleId)).toEqual(expect.arrayContaining(['go-on cancelled', 'warn cancelled']));
    await at(instant('2017-07-04T06:00:00Z'));
    expect(await timed(cycleId)).toEqual([]);
  });

  it('is applied once, however often it is delivered', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    engine.clock.set(WENT_ON);
    const { run } = await fire(cycleId, 'go-on');
    const outcomes = await Promise.all([run(), run(), run()]);
    expect(outcomes.toSorted()).toEqual(['applied', 'duplicate', 'duplicate']);
    expect(await timed(cycleId)).toHaveLength(1);
  });

  it('that fell due in an earlier visit of the stage does nothing in the next', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    engine.clock.set(WENT_ON);
    const { run } = await fire(cycleId, 'go-on');
    engine.clock.set(instant('2017-07-13T06:00:01Z'));
    await advanceCycle(engine.deps, { ...command(cycleId), to: null });
    await sendBackCycle(engine.deps, { ...command(cycleId), to: null });
    expect(await run()).toBe('applied');
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    expect(await timed(cycleId)).toEqual([]);
    expect(await dueOf(cycleId, 'go-on')).toBe('2017-07-23T06:00:00.000Z');
  });

  it('does not fire while the cycle rests, and right after it when its day has passed', async () => {
    const cycleId = await enter('AT32');
    await suspendCycle(engine.deps, command(cycleId));
    expect(await statesOf(cycleId)).toEqual(['go-on held', 'warn held']);
    await at(instant('2017-07-14T06:00:00Z'));
    expect(await notices(cycleId, 'stage.lasting')).toEqual([]);
    await resumeCycle(engine.deps, command(cycleId));
    await carryOutEffects(engine);
    expect(await notices(cycleId, 'stage.lasting')).toHaveLength(1);
    // Its other timer had eight working days left, and has them after the rest.
    expect(await dueOf(cycleId, 'go-on')).toBe('2017-07-26T06:00:00.000Z');
  });

  it('that falls due as the cycle goes to rest is not lost: it waits again and fires when it goes on', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    engine.clock.set(WENT_ON);
    const { run } = await fire(cycleId, 'go-on');
    await suspendCycle(engine.deps, command(cycleId));
    expect(await run()).toBe('applied');
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    expect(await statesOf(cycleId)).toContain('go-on held');
    engine.clock.set(instant('2017-07-14T08:00:00Z'));
    await resumeCycle(engine.deps, command(cycleId));
    await carryOutEffects(engine);
    expect(await stageOf(cycleId)).toBe('strategy_development');
  });

  it('does not act early when the clock is set back after it fell due', async () => {
    const cycleId = await enter('AT32');
    await record(cycleId, 'AT32');
    engine.clock.set(WENT_ON);
    const { run } = await fire(cycleId, 'go-on');
    engine.clock.set(instant('2017-07-12T06:00:00Z'));
    expect(await run()).toBe('applied');
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    await carryOutEffects(engine);
    expect(await stageOf(cycleId)).toBe('agenda_setting');
    await at(WENT_ON);
    expect(await stageOf(cycleId)).toBe('strategy_development');
  });

  it('leaves a history from which every state can be rebuilt', async () => {
    const report = await verifyCycles(engine.deps, { actor: engine.auditor, cycleId: null });
    expect(report).toMatchObject({ differing: 0, faults: [] });
    expect(report.cycles).toBeGreaterThan(schemes);
  });
});
