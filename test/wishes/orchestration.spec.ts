import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isWorkingDay } from '../../src/core/calendar/working-days.js';
import { dateInZone } from '../../src/core/calendar/zoned-instant.js';
import type { Instant } from '../../src/core/terms/instant.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { examine } from '../../src/engine/doctor/examine.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { readSyncPoint } from '../../src/engine/sync/read-sync-points.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { migrate, openMigrationWorld } from '../engine/migrations-fixture.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import { fact } from '../support/passing-facts.js';

const QUORUM = 9;
const plain = { note: null, decidedOn: null } as const;

/** What users of other orchestrators wish for: `wishes D27 to D30`, each with its source in the field study. */
describe('wishes about orchestration', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
  });
  afterAll(() => engine.close());

  it('D27 a message reaches only one instance: a sync point is a row, gathers nine regions, and tells all eleven once', async () => {
    const regions = [...engine.cycles.keys()];
    const arrive = (nuts: string) =>
      recordFacts(engine.deps, {
        ...by(engine.authority(nuts)),
        cycleId: engine.cycle(nuts),
        facts: [fact('stresstest.closed_on', '2017-06-30')],
      });
    const released = async () =>
      (await readSyncPoint(engine.deps, { id: 'S0', scheme: null })).point.releasedAt ?? null;
    for (const nuts of regions.slice(0, QUORUM - 1)) await arrive(nuts);
    await carryOutEffects(engine);
    expect(await released()).toBeNull();
    await Promise.all(regions.slice(QUORUM - 1).map(arrive));
    await carryOutEffects(engine);
    expect(await released()).toBe('2017-07-03T08:00:00.000Z');
    const label = engine.scheme.syncPoints.find(({ id }) => id === 'S0')?.labels;
    for (const nuts of regions) {
      const actor = engine.authority(nuts);
      const inbox = await readInbox(engine.deps, { actor, unread: false, after: null, limit: 200 });
      const told = inbox.filter(
        ({ template, subject, language }) =>
          template === 'sync-point.released' && subject.includes(label?.[language] ?? 'S0'),
      );
      expect([nuts, told.length]).toEqual([nuts, 1]);
    }
  });

  it('D28 runs stay RUNNING and sweepers race: a state changes only from the version that was seen, and the doctor looks', async () => {
    const cycleId = engine.cycle('AT32');
    const { cycle } = await readCycle(engine.deps, { actor: engine.coordinator, cycleId });
    const wish = { ...by(engine.coordinator), cycleId, ...plain, expectedVersion: cycle.version };
    const outcomes = await Promise.allSettled([1, 2].map(() => suspendCycle(engine.deps, wish)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'version.stale' } });
    await resumeCycle(engine.deps, { ...wish, expectedVersion: null });
    await carryOutEffects(engine);
    expect((await examine(engine.deps, { deep: true })).findings).toEqual([]);
  });

  it('D29 suspension comes late and is half: tasks are parked, timers held, and a cycle can be migrated while it rests', async () => {
    const world = await openMigrationWorld();
    const resting = await world.living('AT31');
    expect(resting.row['status']).toBe('suspended');
    expect(new Set(resting.tasks.map(({ status }) => status))).toEqual(new Set(['parked']));
    const running = resting.timers.filter(({ heldAt, effect }) => {
      const { type } = effect as { type: string };
      return heldAt === null && type !== 'standing-check';
    });
    expect(running).toEqual([]);
    await world.run(migrate(2, ['AT31']));
    expect((await world.living('AT31')).row).toMatchObject({ workflowVersion: 2, status: 'suspended' });
    const decision = await resumeCycle(world.engine.deps, {
      ...by(world.engine.coordinator),
      cycleId: world.engine.cycle('AT31'),
      ...plain,
    });
    expect(decision.kind).toBe('moved');
    await world.engine.close();
  });

  it("D30 reminders come on weekends: none of ours does, and each due day is one of the actor's calendar", async () => {
    const regions = new Map(engine.scheme.regions.map((region) => [region.nuts, region]));
    const timers = await engine.deps.database.read((tx) =>
      tx.execute<{ region: string; due_at: string | Date }[]>(
        `select t.acting_region as region, r.due_at from timers r join tasks t on t.id = r.task_id
         where r.effect->>'type' = 'remind'`,
      ),
    );
    expect(timers.length).toBeGreaterThan(100);
    const onFreeDays = timers.filter(({ region, due_at: dueAt }) => {
      const place = regions.get(region);
      if (place === undefined) return true;
      const day = dateInZone(new Date(dueAt).toISOString() as Instant, place.zone);
      return !isWorkingDay(engine.deps.catalog.calendar(place.calendar), day);
    });
    expect(onFreeDays).toEqual([]);
    const tasks = await readTasks(engine.deps, {
      actor: engine.auditor,
      filter: { limit: 200, status: 'open' },
    });
    const due = tasks.filter(({ target, dueOn }) => dueOn !== null && 'workingDays' in (target ?? {}));
    expect(due.length).toBeGreaterThan(20);
    for (const { actingRegion, dueOn } of due) {
      const place = regions.get(actingRegion);
      if (place === undefined || dueOn === null || dueOn === undefined) throw new Error('no such region');
      expect([
        actingRegion,
        dueOn,
        isWorkingDay(engine.deps.catalog.calendar(place.calendar), dueOn),
      ]).toEqual([actingRegion, dueOn, true]);
    }
  });
});
