import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { closeCycle } from '../../src/engine/cycles/close-cycle.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { sendBackCycle } from '../../src/engine/cycles/send-back-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readBoard } from '../../src/engine/schemes/read-board.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { grantWaiver } from '../../src/engine/waivers/grant-waiver.js';
import type { CalendarDate } from '../../src/core/calendar/calendar-date.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

const plain = { note: null, decidedOn: null } as const;

describe('the life of a cycle', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
  });
  afterAll(() => engine.close());

  const command = (nuts: string) => ({ ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain });
  const record = (nuts: string, facts: ReturnType<typeof agendaSettingFacts>) =>
    recordFacts(engine.deps, { ...by(engine.authority(nuts)), cycleId: engine.cycle(nuts), facts });

  it('rests within its stage while suspended, understands nothing but resume and withdraw, and goes on', async () => {
    const tasks = async (status: 'open' | 'parked') => {
      const filter = { limit: 100, status };
      const found = await readTasks(engine.deps, { actor: engine.authority('DE1'), filter });
      return found.map(({ id }) => id);
    };
    const open = await tasks('open');
    await suspendCycle(engine.deps, command('DE1'));
    const resting = await readCycle(engine.deps, { actor: engine.coordinator, cycleId: engine.cycle('DE1') });
    expect([resting.cycle.stage, resting.cycle.status]).toEqual(['agenda_setting', 'suspended']);
    expect(resting.possible.map(({ type }) => type)).toEqual(['resume', 'withdraw']);
    const refused = await advanceCycle(engine.deps, { ...command('DE1'), to: null });
    expect(refused.kind === 'refused' && refused.code).toBe('event.not-possible');
    expect(await tasks('open')).toEqual([]);
    expect(await tasks('parked')).toEqual(open);
    await resumeCycle(engine.deps, command('DE1'));
    expect(await tasks('open')).toEqual(open);
    expect(open).not.toEqual([]);
  });

  it('passes conditionally over a weak block and leaves its improvement as a task due in nine months', async () => {
    await record('DE2', [
      ...agendaSettingFacts().filter((entry) => entry.fact !== 'stresstest.block.2'),
      fact('stresstest.block.2', 38),
    ]);
    const decision = await advanceCycle(engine.deps, { ...command('DE2'), to: null });
    expect(decision.kind === 'moved' && decision.verdict?.verdict).toBe('conditional');
    const tasks = await readTasks(engine.deps, {
      actor: engine.authority('DE2'),
      filter: { limit: 100, status: 'open' },
    });
    expect(
      tasks
        .filter(({ kind }) => kind === 'conditional-action')
        .map(({ reference, dueOn }) => [reference, dueOn]),
    ).toEqual([['R06', '2018-04-03']]);
  });

  it('passes against a rule only by a waiver of two people, and says so', async () => {
    await record('AT31', [
      ...agendaSettingFacts().filter((entry) => entry.fact !== 'stresstest.responses.civil'),
      fact('stresstest.responses.civil', 0),
    ]);
    const refused = await advanceCycle(engine.deps, { ...command('AT31'), to: null });
    expect(refused.kind === 'refused' && refused.code === 'gate.refused' && refused.verdict.failing).toEqual([
      'R04',
    ]);

    const waiver = {
      ...by(engine.coordinator),
      cycleId: engine.cycle('AT31'),
      rule: 'R04',
      reason: 'no civil-society group was asked in 2017',
      endsOn: '2017-12-31' as CalendarDate,
    };
    await expect(grantWaiver(engine.deps, { ...waiver, secondedBy: 'coordinator' })).rejects.toMatchObject({
      code: 'waiver.same-person',
    });
    await grantWaiver(engine.deps, { ...waiver, secondedBy: 'administrator' });
    const passed = await advanceCycle(engine.deps, { ...command('AT31'), to: null });
    expect(passed.kind === 'moved' && passed.verdict?.verdict).toBe('waived');
  });

  it('can be sent back, and opens the tasks of the earlier stage again', async () => {
    await sendBackCycle(engine.deps, { ...command('AT31'), to: null });
    const { cycle } = await readCycle(engine.deps, {
      actor: engine.coordinator,
      cycleId: engine.cycle('AT31'),
    });
    expect(cycle.stage).toBe('agenda_setting');
    const tasks = await readTasks(engine.deps, {
      actor: engine.authority('AT31'),
      filter: { limit: 100, status: 'open' },
    });
    expect(tasks.filter(({ kind }) => kind === 'sub-step').map(({ reference }) => reference)).toContain('A1');
  });

  it('understands nothing any more once it has been withdrawn', async () => {
    await withdrawCycle(engine.deps, command('SI0'));
    const refused = await closeCycle(engine.deps, command('SI0'));
    expect(refused.kind === 'refused' && refused.code === 'event.not-possible' && refused.possible).toEqual(
      [],
    );
    await expect(record('SI0', [fact('gov.body_named', true)])).rejects.toMatchObject({
      code: 'cycle.ended',
    });
  });

  it('lets only coordinators move a cycle, and hides other regions from an authority', async () => {
    const own = { ...by(engine.authority('DE1')), cycleId: engine.cycle('DE1'), ...plain, to: null };
    await expect(advanceCycle(engine.deps, own)).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    await expect(
      readCycle(engine.deps, { actor: engine.authority('DE1'), cycleId: engine.cycle('DE2') }),
    ).rejects.toMatchObject({ code: 'cycle.not-found' });
  });

  it('stands on the board with its gate, open tasks and what is overdue', async () => {
    const rows = await readBoard(engine.deps, engine.scheme.id);
    expect(rows.map(({ region }) => region)).toEqual(engine.scheme.regions.map(({ nuts }) => nuts));
    const fribourg = rows.find(({ region }) => region === 'CH022');
    expect(fribourg?.gate?.missing).toContainEqual({
      fact: 'region.class',
      owner: 'administrator',
      reason: 'missing',
    });
    expect(fribourg?.overdue).toBeGreaterThan(0);
    expect(rows.find(({ region }) => region === 'SI0')).toMatchObject({
      status: 'withdrawn',
      gate: null,
      tasksOpen: 0,
    });
  });
});
