import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../../src/core/terms/actor.js';
import { dropActivity } from '../../../src/engine/activities/drop-activity.js';
import { mergeActivities } from '../../../src/engine/activities/merge-activities.js';
import { readActivities } from '../../../src/engine/activities/read-activities.js';
import { readCandidates, readDiamonds } from '../../../src/engine/activities/read-candidates.js';
import { examine } from '../../../src/engine/doctor/examine.js';
import { verifyCycles } from '../../../src/engine/history/verify-cycles.js';
import { readSyncPoints } from '../../../src/engine/sync/read-sync-points.js';
import { revertDecision } from '../../../src/engine/way-back/revert-decision.js';
import { completeRegions } from '../../../src/engine/schemes/complete-regions.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { activityHands, PROJECTS } from './activity-hands.js';

let engine: TestEngine;
let hand: ReturnType<typeof activityHands>;

beforeAll(async () => {
  engine = await openTestEngine(instant('2017-09-04T08:00:00Z'));
  hand = activityHands(engine);
});
afterAll(() => engine.close());

describe('the candidates of the eleven regions', () => {
  it('reach critical mass in nine fields, and miss it in aerospace and tourism', async () => {
    const found = await readCandidates(engine.deps, engine.scheme.id);
    const byVerdict = Object.groupBy(found, ({ candidate }) => candidate.criticalMass.verdict);
    const themes = (verdict: 'reached' | 'missed' | 'unknown') =>
      (byVerdict[verdict] ?? []).map(({ candidate }) => candidate.theme).toSorted();
    expect(themes('reached')).toEqual([
      'advanced_manufacturing',
      'agrifood',
      'building_smart_living',
      'creative',
      'digital',
      'energy_environment',
      'health',
      'materials',
      'mobility',
    ]);
    expect(themes('missed')).toEqual(['aerospace', 'tourism']);
    expect(themes('unknown')).toEqual([]);
    const aerospace = found.find(({ candidate }) => candidate.theme === 'aerospace')?.candidate;
    expect(aerospace).toMatchObject({ regions: ['ITC4', 'ITC1'], countries: ['IT'] });
  });

  it('say what the regions of a field bring to each other', async () => {
    const found = await readCandidates(engine.deps, engine.scheme.id);
    const energy = found.find(({ candidate }) => candidate.theme === 'energy_environment')?.candidate;
    expect(energy?.complements.length).toBeGreaterThan(0);
    for (const { theme, broughtBy, takenBy } of energy?.complements ?? []) {
      expect(theme).not.toBe('energy_environment');
      expect([...broughtBy, ...takenBy].toSorted()).toEqual([...(energy?.regions ?? [])].toSorted());
    }
  });

  it('are still there where the scheme was opened before its regions had themes', async () => {
    const before = await readCandidates(engine.deps, engine.scheme.id);
    await engine.deps.database.transact((tx) =>
      tx.execute("update regions set profile = profile - 'origins' where nuts <> 'DE1'"),
    );
    expect((await readCandidates(engine.deps, engine.scheme.id)).length).toBe(4);
    await completeRegions(engine.deps, [engine.scheme]);
    expect(await readCandidates(engine.deps, engine.scheme.id)).toEqual(before);
  });
});

describe('the synergy diamonds', () => {
  it('lay every two regions side by side that have something in common', async () => {
    const all = await readDiamonds(engine.deps, { scheme: engine.scheme.id, regions: null });
    expect(all.length).toBeGreaterThan(30);
    expect(all.every(({ regions }) => regions.length === 2)).toBe(true);
  });

  it('say of a group in which fields it is similar, and in which one brings what another can use', async () => {
    const [diamond, ...others] = await readDiamonds(engine.deps, {
      scheme: engine.scheme.id,
      regions: ['DE1', 'SI0'],
    });
    expect(others).toEqual([]);
    const kinds = Object.fromEntries(diamond?.themes.map(({ theme, kind }) => [theme, kind]) ?? []);
    expect(kinds).toMatchObject({ health: 'similar', mobility: 'similar', agrifood: 'complementary' });
    await expect(
      readDiamonds(engine.deps, { scheme: engine.scheme.id, regions: ['DE1', 'XX1'] }),
    ).rejects.toMatchObject({ code: 'region.not-found' });
  });
});

describe('an activity proposed by hand', () => {
  it('needs regions of the scheme, one of them to lead, and a driver from among them', async () => {
    const refused = (more: Parameters<typeof hand.propose>[2]) => hand.propose('X', 'tourism', more);
    await expect(refused({ regions: ['XX1'] })).rejects.toMatchObject({ code: 'region.not-found' });
    await expect(refused({ lead: 'DE1' })).rejects.toMatchObject({ code: 'activity.invalid' });
    await expect(refused({ driver: { cluster: 'C', region: 'DE1' } })).rejects.toMatchObject({
      code: 'activity.invalid',
    });
    await expect(hand.propose('X', 'astrology')).rejects.toMatchObject({ code: 'activity.invalid' });
    await expect(
      hand.propose('X', 'tourism', { actor: engine.authority('SI0') } as object),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('may be of a single region, and is led by the calendar of the region that was named', async () => {
    const { cycle, mass } = await hand.propose('ALPINE-TOURISM', 'tourism', {
      regions: ['SI0', 'ITH2'],
      lead: 'ITH2',
    });
    expect(cycle.region).toBe('ITH2');
    expect(mass.asked).toMatchObject({ verdict: 'missed', regions: 2, countries: 2 });
  });
});

describe('a merger', () => {
  it('brings projects, origins and regions together, asks the regions that come in, and drops the other', async () => {
    await hand.propose('AERO', 'aerospace', { linkedProjects: PROJECTS.slice(0, 2) });
    await hand.propose('MOBILITY', 'mobility', {
      regions: ['DE1', 'DE2', 'AT31', 'ITC1'],
      linkedProjects: PROJECTS.slice(1),
    });
    await hand.confirm('MOBILITY', 'DE1');
    await hand.confirm('AERO', 'ITC4');
    const merged = await mergeActivities(engine.deps, {
      ...by(engine.coordinator),
      ...hand.of('MOBILITY'),
      merged: ['AERO'],
      note: 'Two regions are too few',
    });
    expect(merged.activity.linkedProjects.map(({ title }) => title).toSorted()).toEqual(
      PROJECTS.map(({ title }) => title).toSorted(),
    );
    expect(merged.regions.map(({ region, state }) => `${region} ${state}`)).toEqual([
      'DE1 confirmed',
      'DE2 proposed',
      'AT31 proposed',
      'ITC4 proposed',
      'ITC1 proposed',
    ]);
    const dropped = await hand.read('AERO');
    expect(dropped.cycle).toMatchObject({ stage: 'dropped', status: 'withdrawn' });
    expect(dropped.activity.mergedInto).toBe('MOBILITY');
    expect((await hand.changes('AERO')).at(-1)).toEqual(['merged-into', null, 'coordinator']);
    expect(await hand.changes('MOBILITY')).toContainEqual(['merged', null, 'coordinator']);
    expect(await hand.changes('MOBILITY')).toContainEqual(['region-asked', 'ITC4', 'coordinator']);
    expect((await hand.facts('MOBILITY'))['activity.linked_projects']).toBe(3);
  });

  it('is not possible with itself, nor with what was dropped', async () => {
    const merge = (merged: readonly string[]) =>
      mergeActivities(engine.deps, {
        ...by(engine.coordinator),
        ...hand.of('MOBILITY'),
        merged,
        note: null,
      });
    await expect(merge(['MOBILITY'])).rejects.toMatchObject({ code: 'activity.invalid' });
    await expect(merge(['AERO'])).rejects.toMatchObject({ code: 'cycle.ended' });
    await expect(merge(['NOWHERE'])).rejects.toMatchObject({ code: 'activity.not-found' });
  });
});

describe('a step of an activity', () => {
  it('can be reverted and taken again as any other, and its sync points are placed once', async () => {
    const { cycle } = await hand.propose('DIGITAL', 'digital');
    await hand.select('DIGITAL');
    const reverted = await revertDecision(engine.deps, {
      ...by(engine.coordinator),
      cycleId: cycle.id,
      reason: 'Decided too early',
    });
    expect(reverted.cycle.stage).toBe('rated');
    expect(await hand.advance('DIGITAL')).toMatchObject({ kind: 'moved', transition: { to: 'selected' } });
    const points = await readSyncPoints(engine.deps, engine.scheme.id);
    expect(points.filter(({ point }) => point.id === 'S2-DIGITAL')).toHaveLength(1);
  });
});

describe('an activity that is dropped', () => {
  it('keeps its record and changes no more', async () => {
    await dropActivity(engine.deps, {
      ...by(engine.coordinator),
      ...hand.of('ALPINE-TOURISM'),
      note: 'Nobody confirmed',
      decidedOn: null,
    });
    await carryOutEffects(engine);
    await expect(hand.confirm('ALPINE-TOURISM', 'SI0')).rejects.toMatchObject({ code: 'cycle.ended' });
    const keys = (await readActivities(engine.deps, { after: null, limit: 50, region: 'SI0' })).map(
      ({ activity }) => activity.key,
    );
    expect(keys).toEqual(['ALPINE-TOURISM', 'DIGITAL']);
    expect(await readActivities(engine.deps, { after: null, limit: 50, region: 'ITH3' })).toEqual([]);
    const { faults } = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(faults).toEqual([]);
    await carryOutEffects(engine);
    const { findings } = await examine(engine.deps, { deep: true });
    const joint = [...(await readActivities(engine.deps, { after: null, limit: 50 }))].map(
      ({ cycle }) => cycle.id,
    );
    expect(findings.filter(({ cycleId }) => cycleId !== null && joint.includes(cycleId))).toEqual([]);
  });
});
