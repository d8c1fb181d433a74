import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { readHistory } from '../../src/engine/cycles/read-history.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { storedImage } from '../../src/engine/history/stored-image.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { readSyncPoint } from '../../src/engine/sync/read-sync-points.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { revertDecision } from '../../src/engine/way-back/revert-decision.js';
import { findCycle } from '../../src/store/cycle-store.js';
import { addSyncPoint } from '../../src/store/sync-store.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { agendaSettingFacts, fact } from '../support/passing-facts.js';

const plain = { note: null, decidedOn: null } as const;
const reason = 'The minutes of the meeting say otherwise.';

describe('reverting the last decision', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
  });
  afterEach(() => engine.close());

  const command = (nuts: string) => ({ ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain });
  const revert = (nuts: string, actor = engine.coordinator) =>
    revertDecision(engine.deps, { ...by(actor), cycleId: engine.cycle(nuts), reason });
  async function pass(nuts: string): Promise<void> {
    const facts = agendaSettingFacts();
    await recordFacts(engine.deps, { ...by(engine.authority(nuts)), cycleId: engine.cycle(nuts), facts });
    const decision = await advanceCycle(engine.deps, { ...command(nuts), to: null });
    if (decision.kind !== 'moved') throw new Error(`${nuts} was refused`);
  }
  /** Everything that lives, as one value that can be compared: what has ended is history. */
  async function living(nuts: string) {
    return engine.deps.database.read(async (tx) => {
      const cycle = await findCycle(tx, engine.cycle(nuts));
      if (cycle === null) throw new Error(`no cycle of ${nuts}`);
      const { cycles, tasks, timers, facts, milestones } = await storedImage(tx, cycle);
      const without = (row: object, ...names: string[]) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
      return {
        cycle: [...cycles.values()].map((row) => without(row, 'version', 'changedAt')),
        tasks: [...tasks.values()]
          .filter(({ endedAt }) => endedAt === null)
          .map((row) => without(row, 'version')),
        timers: [...timers.values()].filter(({ cancelledAt }) => cancelledAt === null),
        facts: [...facts.values()],
        milestones: [...milestones.values()],
      };
    });
  }
  /** Nine other regions close their StressTest. */
  async function releaseS0Without(absent: string): Promise<void> {
    const others = engine.scheme.regions.filter(({ nuts }) => nuts !== absent).slice(0, 9);
    for (const { nuts } of others) {
      await recordFacts(engine.deps, {
        ...by(engine.authority(nuts)),
        cycleId: engine.cycle(nuts),
        facts: [fact('stresstest.closed_on', '2017-06-30')],
      });
    }
  }
  const isSound = async () => {
    await carryOutEffects(engine);
    expect(await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null })).toMatchObject({
      differing: 0,
      faults: [],
    });
  };

  it('brings state, tasks, timers and milestones back as they were', async () => {
    const facts = agendaSettingFacts();
    await recordFacts(engine.deps, { ...by(engine.authority('DE1')), cycleId: engine.cycle('DE1'), facts });
    const [task] = await readTasks(engine.deps, {
      actor: engine.authority('DE1'),
      filter: { limit: 1, status: 'open' },
    });
    await claimTask(engine.deps, { ...by(engine.authority('DE1')), taskId: task?.id ?? '' });
    const before = await living('DE1');
    await advanceCycle(engine.deps, { ...command('DE1'), to: null });
    expect(await living('DE1')).not.toEqual(before);
    const { undone, cycle } = await revert('DE1');
    expect(undone).toMatchObject({ event: 'advance', from: 'agenda_setting', to: 'strategy_development' });
    expect([cycle.stage, cycle.status, cycle.number]).toEqual(['agenda_setting', 'active', 1]);
    expect(await living('DE1')).toEqual(before);
    await isSound();
  });

  it('calls back what had not been sent, so that nobody hears of it', async () => {
    await carryOutEffects(engine);
    await pass('DE1');
    const { sent, recalled } = await revert('DE1');
    expect(sent).toEqual([]);
    expect(recalled.map(({ type }) => type)).toContain('notify');
    await carryOutEffects(engine);
    const { notices } = await inboxOf('DE1');
    expect(notices.filter((template) => template === 'stage.entered')).toHaveLength(1);
    expect(notices.filter((template) => template === 'cycle.reverted')).toHaveLength(1);
  });

  it('lists what had been sent with who was told, and sends nothing twice', async () => {
    await pass('DE1');
    await carryOutEffects(engine);
    const before = await inboxOf('DE1');
    const { sent, recalled } = await revert('DE1');
    expect(recalled).toEqual([]);
    const told = sent.flatMap(({ notices }) => notices);
    expect(told.map(({ account }) => account)).toContain('authority-DE1');
    expect(told.every(({ mailedAt }) => mailedAt !== null)).toBe(true);
    await carryOutEffects(engine);
    const after = await inboxOf('DE1');
    expect(after.notices).toEqual([...before.notices, 'cycle.reverted'].toSorted());
    await isSound();
  });

  async function inboxOf(nuts: string) {
    const page = { unread: false, after: null, limit: 100 };
    const inbox = await readInbox(engine.deps, { actor: engine.authority(nuts), ...page });
    // Reminders of days that have passed meanwhile come in any case.
    const templates = inbox
      .map(({ template }) => template)
      .filter((template) => !template.startsWith('task.'));
    return { notices: templates.toSorted() };
  }

  it('lets the region arrive again at a sync point that still waits', async () => {
    await recordFacts(engine.deps, {
      ...by(engine.authority('DE1')),
      cycleId: engine.cycle('DE1'),
      facts: [fact('stresstest.closed_on', '2017-06-30')],
    });
    await carryOutEffects(engine);
    await pass('DE1');
    await carryOutEffects(engine);
    const arrived = async () =>
      (await readSyncPoint(engine.deps, { id: 'S0', scheme: null })).state.arrived.includes('DE1');
    expect(await arrived()).toBe(true);
    await revert('DE1');
    // By a fact, not by the step: it stays.
    expect(await arrived()).toBe(true);
    await isSound();
  });

  it('brings a region that has withdrawn back into its sync points', async () => {
    await withdrawCycle(engine.deps, command('FRC2'));
    await carryOutEffects(engine);
    const stateOf = async () =>
      (await readSyncPoint(engine.deps, { id: 'S0', scheme: null })).members.find(
        ({ region }) => region === 'FRC2',
      )?.state;
    expect(await stateOf()).toBe('left');
    const { cycle } = await revert('FRC2');
    expect(cycle.status).toBe('active');
    expect(await stateOf()).toBe('waiting');
    await isSound();
  });

  it('refuses when a sync point has been released by it', async () => {
    await engine.deps.database.transact(async (tx) => {
      const labels = { de: 'P', fr: 'P', it: 'P', sl: 'P', en: 'P' };
      const rule = { kind: 'k-of-n', k: 1 } as const;
      const deadline = { on: null, policy: 'hold' } as const;
      const milestone = 'strategy-development-entered';
      const policies = { lateJoiner: 'refuse', leaver: 'shrink', releases: [] } as const;
      addSyncPoint(
        tx,
        {
          scheme: engine.scheme.id,
          id: 'PAIR',
          labels,
          milestone,
          rule,
          deadline,
          ...policies,
          releases: [],
        },
        ['DE1', 'DE2'],
        instant('2017-07-03T08:00:00Z'),
      );
    });
    await pass('DE1');
    await carryOutEffects(engine);
    const before = await living('DE1');
    await expect(revert('DE1')).rejects.toMatchObject({
      code: 'revert.not-possible',
      details: { syncPoint: 'PAIR' },
    });
    expect(await living('DE1')).toEqual(before);
    // The second arrived after the release: nobody has gone on by it.
    await pass('DE2');
    await carryOutEffects(engine);
    expect((await revert('DE2')).cycle.stage).toBe('agenda_setting');
    await isSound();
  });

  it('refuses to bring back a region without which a sync point has been released', async () => {
    await withdrawCycle(engine.deps, command('FRC2'));
    await releaseS0Without('FRC2');
    await carryOutEffects(engine);
    await expect(revert('FRC2')).rejects.toMatchObject({
      code: 'revert.not-possible',
      details: { syncPoint: 'S0' },
    });
  });

  it('lets a region that had rested be waited for again, unless others have gone on without it', async () => {
    const stateOf = async () =>
      (await readSyncPoint(engine.deps, { id: 'S0', scheme: null })).members.find(
        ({ region }) => region === 'FRC2',
      )?.state;
    await suspendCycle(engine.deps, command('FRC2'));
    await carryOutEffects(engine);
    expect(await stateOf()).toBe('resting');
    await revert('FRC2');
    await carryOutEffects(engine);
    expect(await stateOf()).toBe('waiting');
    await suspendCycle(engine.deps, command('FRC2'));
    await releaseS0Without('FRC2');
    await carryOutEffects(engine);
    await expect(revert('FRC2')).rejects.toMatchObject({
      code: 'revert.not-possible',
      details: { syncPoint: 'S0' },
    });
    await isSound();
  });

  it('goes back step by step, and says when nothing is left', async () => {
    const start = await living('DE2');
    await suspendCycle(engine.deps, command('DE2'));
    await revert('DE2');
    expect(await living('DE2')).toEqual(start);
    await pass('DE2');
    await suspendCycle(engine.deps, command('DE2'));
    expect((await revert('DE2')).undone.event).toBe('suspend');
    expect((await revert('DE2')).undone.event).toBe('advance');
    await expect(revert('DE2')).rejects.toMatchObject({ code: 'revert.nothing' });
    await isSound();
  });

  it('can be advanced again after it, and the log tells all three', async () => {
    await pass('DE1');
    await revert('DE1');
    const again = await advanceCycle(engine.deps, { ...command('DE1'), to: null });
    expect(again.kind).toBe('moved');
    const log = await readHistory(engine.deps, {
      actor: engine.coordinator,
      cycleId: engine.cycle('DE1'),
      after: 0,
      limit: 500,
    });
    const told = log
      .filter(({ kind }) => kind === 'transition' || kind === 'reverted')
      .map(({ kind }) => kind);
    expect(told).toEqual(['transition', 'transition', 'reverted', 'transition']);
    await isSound();
  });

  it('leaves alone what people have done since', async () => {
    await pass('DE1');
    const inStage = await readTasks(engine.deps, {
      actor: engine.authority('DE1'),
      filter: { limit: 100, status: 'open' },
    });
    const [first] = inStage.filter(({ stage }) => stage === 'strategy_development');
    await recordFacts(engine.deps, {
      ...by(engine.authority('DE1')),
      cycleId: engine.cycle('DE1'),
      facts: [fact('synergy.diamonds', 4)],
    });
    await claimTask(engine.deps, { ...by(engine.authority('DE1')), taskId: first?.id ?? '' });
    await revert('DE1');
    const { facts, tasks } = await living('DE1');
    expect(facts.find((one) => one['fact'] === 'synergy.diamonds')).toMatchObject({ value: 4 });
    expect(tasks.filter((task) => task['stage'] === 'strategy_development')).toEqual([]);
    await isSound();
  });

  it('is for those who have the permission', async () => {
    await pass('DE1');
    for (const actor of [engine.authority('DE1'), engine.administrator, engine.auditor]) {
      await expect(revert('DE1', actor)).rejects.toMatchObject({ code: 'auth.role-forbidden' });
    }
    const { cycle } = await readCycle(engine.deps, {
      actor: engine.coordinator,
      cycleId: engine.cycle('DE1'),
    });
    expect(cycle.stage).toBe('strategy_development');
  });
});
