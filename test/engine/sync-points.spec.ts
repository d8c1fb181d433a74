import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withdrawCycle } from '../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readInbox } from '../../src/engine/notices/read-inbox.js';
import { reachMilestone } from '../../src/engine/sync/reach-milestone.js';
import { readSyncPoint } from '../../src/engine/sync/read-sync-points.js';
import { carryOutEffects } from '../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../support/engine.js';
import type { Language } from '../../src/core/terms/language.js';
import { fact } from '../support/passing-facts.js';

const QUORUM = 9;

describe('sync point S0, stress test closed in 9 of 11 regions', () => {
  let engine: TestEngine;
  let regions: string[];

  beforeEach(async () => {
    engine = await openTestEngine();
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    regions = engine.scheme.regions.map(({ nuts }) => nuts);
  });
  afterEach(() => engine.close());

  const closeStressTest = (nuts: string) =>
    recordFacts(engine.deps, {
      ...by(engine.authority(nuts)),
      cycleId: engine.cycle(nuts),
      facts: [fact('stresstest.closed_on', '2017-06-30')],
    });
  const s0 = () => readSyncPoint(engine.deps, { id: 'S0', scheme: null });
  const labelOfS0 = (language: Language) =>
    engine.scheme.syncPoints.find(({ id }) => id === 'S0')?.labels[language] ?? 'S0';
  const releases = async (nuts: string) =>
    (
      await readInbox(engine.deps, { actor: engine.authority(nuts), unread: false, after: null, limit: 200 })
    ).filter(
      ({ template, subject, language }) =>
        template === 'sync-point.released' && subject.includes(labelOfS0(language)),
    );

  it('waits for the ninth region and is released by it, for every member once', async () => {
    for (const nuts of regions.slice(0, QUORUM - 1)) await closeStressTest(nuts);
    await carryOutEffects(engine);
    const before = await s0();
    expect(before.point.releasedAt ?? null).toBeNull();
    expect(before.state.missing).toEqual(regions.slice(QUORUM - 1).toSorted());

    await closeStressTest(regions[QUORUM - 1]!);
    await carryOutEffects(engine);
    expect((await s0()).point.releasedAt).toBe('2017-07-03T08:00:00.000Z');

    for (const nuts of regions.slice(QUORUM)) await closeStressTest(nuts);
    await carryOutEffects(engine);
    const counts = await Promise.all(regions.map(async (nuts) => (await releases(nuts)).length));
    expect(counts).toEqual(regions.map(() => 1));
  });

  it('is released once when the last regions arrive at the same moment', async () => {
    const effect = (nuts: string) => ({
      type: 'sync-milestone' as const,
      scheme: engine.scheme.id,
      region: nuts,
      cycleId: engine.cycle(nuts),
      milestone: 'stress-test-closed',
      reachedAt: '2017-07-03T08:00:00.000Z',
    });
    await Promise.all(regions.map((nuts) => reachMilestone(engine.deps, `arrival-${nuts}`, effect(nuts))));
    await carryOutEffects(engine);
    const counts = await Promise.all(regions.map(async (nuts) => (await releases(nuts)).length));
    expect(counts).toEqual(regions.map(() => 1));
  });

  it('takes a milestone that is delivered twice as one', async () => {
    const effect = {
      type: 'sync-milestone' as const,
      scheme: engine.scheme.id,
      region: 'DE1',
      cycleId: engine.cycle('DE1'),
      milestone: 'stress-test-closed',
      reachedAt: '2017-07-03T08:00:00.000Z',
    };
    expect(await reachMilestone(engine.deps, 'once', effect)).toBe('applied');
    expect(await reachMilestone(engine.deps, 'once', effect)).toBe('duplicate');
    expect((await s0()).state.arrived).toEqual(['DE1']);
  });

  it('is judged without a region that leaves, and then needs those that are still there', async () => {
    const leavers = regions.slice(0, 3);
    for (const nuts of leavers) {
      await withdrawCycle(engine.deps, {
        ...by(engine.coordinator),
        cycleId: engine.cycle(nuts),
        note: 'leaves the scheme',
        decidedOn: null,
      });
    }
    for (const nuts of regions.slice(3)) await closeStressTest(nuts);
    await carryOutEffects(engine);
    const { point, members } = await s0();
    expect(members.filter(({ state }) => state === 'left').map(({ region }) => region)).toEqual(
      leavers.toSorted(),
    );
    expect(point.releasedAt).toBe('2017-07-03T08:00:00.000Z');
    expect(await releases(leavers[0]!)).toEqual([]);
  });
});
