import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { sendBackCycle } from '../../src/engine/cycles/send-back-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readIncidents } from '../../src/engine/incidents/read-incidents.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { readBoard } from '../../src/engine/schemes/read-board.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { grantWaiver } from '../../src/engine/waivers/grant-waiver.js';
import { readWaivers } from '../../src/engine/waivers/read-waivers.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact, strategyFacts } from '../support/passing-facts.js';

describe('a rule that must hold throughout a stage', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
  });
  afterAll(() => engine.close());
  beforeEach(() => engine.clock.set(instant('2017-09-01T08:00:00Z')));

  const command = (nuts: string) => ({
    ...by(engine.coordinator),
    cycleId: engine.cycle(nuts),
    note: null,
    decidedOn: null,
  });
  const record = (nuts: string, ...facts: ReturnType<typeof agendaSettingFacts>) =>
    recordFacts(engine.deps, { ...by(engine.authority(nuts)), cycleId: engine.cycle(nuts), facts });
  /** Brings a region into implementation. */
  async function implement(nuts: string): Promise<void> {
    await record(nuts, ...agendaSettingFacts(), ...strategyFacts());
    await advanceCycle(engine.deps, { ...command(nuts), to: null });
    const moved = await advanceCycle(engine.deps, { ...command(nuts), to: null });
    expect(moved.cycle.stage).toBe('implementation');
  }
  const incidents = async (nuts: string) =>
    (await readIncidents(engine.deps, { actor: engine.auditor, limit: 200 })).filter(
      ({ kind, cycleId }) => kind === 'rule.lapsed' && cycleId === engine.cycle(nuts),
    );
  const openTasks = async (nuts: string) =>
    (
      await readTasks(engine.deps, {
        actor: engine.authority(nuts),
        filter: { cycleId: engine.cycle(nuts), status: 'open', limit: 200 },
      })
    ).filter(({ kind }) => kind === 'standing-rule');
  const logged = async (nuts: string) =>
    (
      await readHistory(engine.deps, {
        actor: engine.auditor,
        cycleId: engine.cycle(nuts),
        after: 0,
        limit: 5_000,
      })
    )
      .filter(({ kind }) => kind === 'incident')
      .map(({ details }) => details['change']);
  const notices = async (nuts: string, template: string) =>
    (
      await readInbox(engine.deps, {
        actor: engine.authority(nuts),
        after: null,
        unread: false,
        limit: 200,
      })
    ).filter((notice) => notice.template === template && notice.cycleId === engine.cycle(nuts));
  const standingTimers = () =>
    engine.deps.database.read((tx) =>
      tx.execute<{ cycle_id: string; due_at: Date }[]>(
        `select cycle_id, due_at from timers where effect ->> 'type' = 'standing-check' and fired_at is null and cancelled_at is null`,
      ),
    );

  it('raises one incident when its facts change, with a task for their owner, and tells once', async () => {
    await implement('DE1');
    expect(await incidents('DE1')).toEqual([]);
    await record('DE1', fact('ec.3', 'not_met'));
    await record('DE1', fact('ec.3', 'not_applicable'), fact('ec.5', 'not_met'));
    const found = await incidents('DE1');
    expect(found.map(({ details }) => [details['rule'], details['result'], details['facts']])).toEqual([
      ['R17', 'fail', ['ec.3']],
    ]);
    expect((await openTasks('DE1')).map(({ reference, facts }) => [reference, facts])).toEqual([
      ['R17/regional_authority', ['ec.3', 'ec.5']],
    ]);
    await carryOutEffects(engine);
    const [notice, ...more] = await notices('DE1', 'rule.lapsed');
    expect(more).toEqual([]);
    expect(notice?.body).toContain('2017');
    const inbox = await readInbox(engine.deps, {
      actor: engine.coordinator,
      after: null,
      unread: false,
      limit: 200,
    });
    expect(inbox.filter(({ template }) => template === 'rule.lapsed')).toHaveLength(1);
  });

  it('resolves the incident by itself when it holds again, and says so in the log', async () => {
    await record('DE1', fact('ec.3', 'met'));
    expect(await incidents('DE1')).toHaveLength(1);
    await record('DE1', fact('ec.5', 'met'));
    expect(await incidents('DE1')).toEqual([]);
    expect(await openTasks('DE1')).toEqual([]);
    expect(await logged('DE1')).toEqual(['raised', 'resolved']);
  });

  it('raises a second incident when it lapses a second time', async () => {
    await record('DE1', fact('ec.1', null));
    expect((await incidents('DE1')).map(({ details }) => details['result'])).toEqual(['unknown']);
    expect(await logged('DE1')).toEqual(['raised', 'resolved', 'raised']);
  });

  it('opens the task again on the next morning when it was ended and nothing was mended', async () => {
    const [task] = await openTasks('DE1');
    await completeTask(engine.deps, {
      ...by(engine.authority('DE1')),
      taskId: task?.id ?? '',
      facts: [],
      note: 'done',
    });
    expect(await openTasks('DE1')).toEqual([]);
    engine.clock.set(instant('2017-09-02T03:59:00Z'));
    await carryOutEffects(engine);
    expect(await openTasks('DE1')).toEqual([]);
    engine.clock.set(instant('2017-09-02T04:00:00Z'));
    await carryOutEffects(engine);
    expect(await openTasks('DE1')).toHaveLength(1);
    expect(await incidents('DE1')).toHaveLength(1);
  });

  it('is looked at every morning, once, however long nobody was there', async () => {
    const dueOf = async () =>
      (await standingTimers())
        .filter(({ cycle_id }) => cycle_id === engine.cycle('DE1'))
        .map(({ due_at }) => new Date(due_at).toISOString());
    engine.clock.set(instant('2017-09-02T04:00:00Z'));
    expect(await dueOf()).toEqual(['2017-09-03T04:00:00.000Z']);
    engine.clock.set(instant('2017-12-24T12:00:00Z'));
    await carryOutEffects(engine);
    // Winter time: six in the morning is an hour later.
    expect(await dueOf()).toEqual(['2017-12-25T05:00:00.000Z']);
  });

  it('is not asked in the stages before, and let go when the region is sent back', async () => {
    await record('DE2', fact('ec.1', 'not_met'));
    expect(await incidents('DE2')).toEqual([]);
    await implement('DE2');
    await record('DE2', fact('ec.1', 'not_met'));
    expect(await incidents('DE2')).toHaveLength(1);
    await sendBackCycle(engine.deps, { ...command('DE2'), to: null });
    expect(await incidents('DE2')).toEqual([]);
    expect(await openTasks('DE2')).toEqual([]);
  });

  it('is let go when the region withdraws', async () => {
    await implement('AT31');
    await record('AT31', fact('ec.1', 'not_met'));
    await withdrawCycle(engine.deps, command('AT31'));
    expect(await incidents('AT31')).toEqual([]);
  });

  it('counts as holding under a waiver, and lapses on the morning after its last day', async () => {
    await implement('ITH3');
    await record('ITH3', fact('ec.2', 'not_met'));
    expect(await incidents('ITH3')).toHaveLength(1);
    await grantWaiver(engine.deps, {
      ...command('ITH3'),
      rule: 'R17',
      reason: 'the document is on its way',
      secondedBy: 'administrator',
      endsOn: '2017-09-10' as CalendarDate,
    });
    expect(await incidents('ITH3')).toEqual([]);
    const boardRow = async () =>
      (await readBoard(engine.deps, engine.scheme.id)).find(({ region }) => region === 'ITH3');
    expect((await boardRow())?.waivers).toEqual([{ rule: 'R17', endsOn: '2017-09-10' }]);
    engine.clock.set(instant('2017-09-10T21:00:00Z'));
    await carryOutEffects(engine);
    expect(await incidents('ITH3')).toEqual([]);

    engine.clock.set(instant('2017-09-11T04:00:00Z'));
    await carryOutEffects(engine);
    expect(await incidents('ITH3')).toHaveLength(1);
    expect((await boardRow())?.waivers).toEqual([]);
    const waivers = await readWaivers(engine.deps, {
      actor: engine.authority('ITH3'),
      cycleId: engine.cycle('ITH3'),
    });
    expect(waivers.map(({ waiver, isInForce }) => [waiver.rule, isInForce])).toEqual([['R17', false]]);
    const log = await readHistory(engine.deps, {
      actor: engine.auditor,
      cycleId: engine.cycle('ITH3'),
      after: 0,
      limit: 5_000,
    });
    expect(log.filter(({ kind }) => kind === 'waiver-ended').map(({ details }) => details)).toMatchObject([
      { rule: 'R17', endsOn: '2017-09-10', gate: 'implementation.exit', verdict: 'fail' },
    ]);
    const inbox = await readInbox(engine.deps, {
      actor: engine.coordinator,
      after: null,
      unread: false,
      limit: 200,
    });
    const told = inbox.filter(({ template }) => template === 'waiver.ended');
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain('seven criteria');
  });

  it('is information only where the regulation does not reach', async () => {
    await record('CH022', fact('ec.1', 'not_met'));
    await record('CH022', ...agendaSettingFacts(), ...strategyFacts());
    expect(await incidents('CH022')).toEqual([]);
  });
});
