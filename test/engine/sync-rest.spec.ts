import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readSyncPoint } from '../../src/engine/sync/read-sync-points.js';
import { restSyncPoints } from '../../src/engine/sync/rest-sync-points.js';
import { carryOutEffects } from '../support/carry-out.js';
import { cycleHands } from '../support/cycle-hands.js';
import { by, openTestEngine, type TestEngine } from '../support/engine.js';
import { fact } from '../support/passing-facts.js';

describe('a sync point of which a member rests', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof cycleHands>;
  let regions: string[];

  beforeAll(async () => {
    engine = await openTestEngine();
    hand = cycleHands(engine);
    await hand.at('2017-07-03T08:00:00Z');
    regions = engine.scheme.regions.map(({ nuts }) => nuts);
  });
  afterAll(() => engine.close());

  const closeStressTest = (nuts: string) =>
    recordFacts(engine.deps, {
      ...by(engine.authority(nuts)),
      cycleId: engine.cycle(nuts),
      facts: [fact('stresstest.closed_on', '2017-06-30')],
    });
  const s0 = async () => {
    const { point, members } = await readSyncPoint(engine.deps, { id: 'S0', scheme: null });
    return {
      releasedAt: point.releasedAt ?? null,
      states: new Map(members.map(({ region, state }) => [region, state])),
    };
  };

  it('does not wait for it, waits again when it goes on, and does so in whatever order it is told', async () => {
    await hand.suspend('SI0');
    await carryOutEffects(engine);
    expect((await s0()).states.get('SI0')).toBe('resting');
    await hand.resume('SI0');
    await carryOutEffects(engine);
    expect((await s0()).states.get('SI0')).toBe('waiting');
    // An effect of the rest that comes late, and twice.
    const late = {
      type: 'sync-rest',
      scheme: engine.scheme.id,
      region: 'SI0',
      cycleId: engine.cycle('SI0'),
    } as const;
    const id = engine.deps.newId();
    expect(await restSyncPoints(engine.deps, id, late)).toBe('applied');
    expect(await restSyncPoints(engine.deps, id, late)).toBe('duplicate');
    expect((await s0()).states.get('SI0')).toBe('waiting');
  });

  it('has it arrive when it goes on, if it reached the milestone meanwhile', async () => {
    await hand.suspend('SI0');
    await carryOutEffects(engine);
    engine.clock.advanceDays(1);
    await closeStressTest('SI0');
    await carryOutEffects(engine);
    expect((await s0()).states.get('SI0')).toBe('resting');
    engine.clock.advanceDays(1);
    await hand.resume('SI0');
    await carryOutEffects(engine);
    expect((await s0()).states.get('SI0')).toBe('arrived');
  });

  it('counts what it reached before it began to rest, even where that is told later', async () => {
    await closeStressTest('DE1');
    await hand.suspend('DE1');
    await carryOutEffects(engine);
    expect((await s0()).states.get('DE1')).toBe('arrived');
    await hand.resume('DE1');
    await carryOutEffects(engine);
    expect((await s0()).states.get('DE1')).toBe('arrived');
  });

  it('is released by a rest where those that are left are enough', async () => {
    // SI0 and DE1 have arrived; with six more eight have, of the nine that are needed of eleven.
    for (const nuts of regions.filter((one) => one !== 'SI0' && one !== 'DE1').slice(0, 6)) {
      await closeStressTest(nuts);
    }
    await carryOutEffects(engine);
    expect((await s0()).releasedAt).toBeNull();
    const waiting = [...(await s0()).states].filter(([, state]) => state === 'waiting').map(([nuts]) => nuts);
    expect(waiting).toHaveLength(3);
    for (const nuts of waiting.slice(0, 2)) await hand.suspend(nuts);
    await carryOutEffects(engine);
    expect((await s0()).releasedAt).toBeNull();
    await hand.suspend(waiting[2] ?? '');
    await carryOutEffects(engine);
    expect((await s0()).releasedAt).not.toBeNull();
    // A released point is not shut again; who goes on can still arrive at it.
    await hand.resume(waiting[2] ?? '');
    await carryOutEffects(engine);
    expect((await s0()).states.get(waiting[2] ?? '')).toBe('waiting');
    expect((await s0()).releasedAt).not.toBeNull();
    expect(await hand.verify()).toEqual([]);
  });
});
