import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../../src/core/terms/actor.js';
import { changeActivity } from '../../../src/engine/activities/change-activity.js';
import { readCandidates } from '../../../src/engine/activities/read-candidates.js';
import { resumeCycle } from '../../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../../src/engine/cycles/withdraw-cycle.js';
import { readFacts } from '../../../src/engine/facts/read-facts.js';
import { recordFacts } from '../../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../../src/engine/history/verify-cycles.js';
import { readIncidents } from '../../../src/engine/incidents/read-incidents.js';
import { readInbox } from '../../../src/engine/notices/read-inbox.js';
import { readSyncPoint } from '../../../src/engine/sync/read-sync-points.js';
import { readTasks } from '../../../src/engine/tasks/read-tasks.js';
import { listWaitingTimers } from '../../../src/store/timer-store.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { activityHands, PROJECTS } from './activity-hands.js';

const CREATIVE = ['AT32', 'ITC4', 'ITC1', 'ITH3'];

describe('the life of an activity', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof activityHands>;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-09-04T08:00:00Z'));
    hand = activityHands(engine);
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const toldTo = async (account: string, template: string) => {
    const actor = account === 'coordinator' ? engine.coordinator : engine.authority(account);
    const inbox = await readInbox(engine.deps, { actor, unread: false, after: null, limit: 500 });
    return inbox.filter((notice) => notice.template === template).map(({ subject }) => subject);
  };
  const lapses = async () =>
    (await readIncidents(engine.deps, { actor: engine.coordinator, limit: 50 })).filter(
      ({ kind }) => kind === 'rule.lapsed',
    );

  it('begins as a candidate of the regions whose strategies turn to its theme, and each of them is asked', async () => {
    const { cycle, regions, activity } = await hand.propose('CREATIVE', 'creative');
    expect(cycle).toMatchObject({ stage: 'candidate', status: 'active', region: 'AT32' });
    expect(cycle.workflow).toMatchObject({ id: 'transformative-activity', version: 1 });
    expect(cycle.rulebook).toMatchObject({ id: 'transformative-activity', version: 1 });
    expect(regions.map(({ region, state }) => `${region} ${state}`)).toEqual(
      CREATIVE.map((nuts) => `${nuts} proposed`),
    );
    expect(activity.origins.map(({ region }) => region)).toEqual(CREATIVE);
    expect(activity.name.it).toBe('Industrie creative');
    await carryOutEffects(engine);
    expect(await toldTo('ITH3', 'activity.region-asked')).toEqual([
      'Industrie creative: la Sua regione partecipa?',
    ]);
    expect(await toldTo('DE1', 'activity.region-asked')).toEqual([]);
    expect(await toldTo('coordinator', 'activity.stage-entered')).toEqual([
      'Creative industries: now “Candidate”',
    ]);
  });

  it('has its record as facts of its cycle, and no region of the scheme lost its own cycle by it', async () => {
    expect(await hand.facts('CREATIVE')).toEqual({
      'activity.linked_projects': 0,
      'activity.driver_named': false,
      'activity.regions': 4,
      'activity.countries': 2,
      'activity.all_advanced': true,
      'activity.regions_confirmed': 0,
      'activity.countries_confirmed': 0,
    });
    await expect(hand.propose('CREATIVE', 'creative')).rejects.toMatchObject({ code: 'activity.exists' });
  });

  it('is rated before it is selected, and selected only if all three scores and the projects are enough', async () => {
    const early = await hand.gate('CREATIVE');
    expect(early.verdict.verdict).toBe('fail');
    await hand.rate('CREATIVE', 3, 3, 4);
    await hand.change('CREATIVE', { linkedProjects: PROJECTS });
    expect((await hand.advance('CREATIVE')).kind).toBe('moved');
    // Each score reaches its floor, their mean does not.
    expect(await hand.advance('CREATIVE')).toMatchObject({ kind: 'refused', code: 'gate.refused' });
    const rated = await hand.rate('CREATIVE', 4, 3, 4);
    expect(rated.rating).toMatchObject({ verdict: 'pass', objections: [] });
    expect(await hand.advance('CREATIVE')).toMatchObject({ kind: 'moved', transition: { to: 'selected' } });
  });

  it('goes across regions once enough of them have confirmed: four, as all are advanced', async () => {
    for (const nuts of ['AT32', 'ITC4', 'ITC1']) await hand.confirm('CREATIVE', nuts);
    expect(await hand.advance('CREATIVE', 'cross_regional')).toMatchObject({ kind: 'refused' });
    const confirmed = await hand.confirm('CREATIVE', 'ITH3');
    expect(confirmed.mass.confirmed).toMatchObject({ verdict: 'reached', regions: 4, regionsNeeded: 4 });
    expect(await hand.confirm('CREATIVE', 'ITH3')).toEqual(confirmed);
    expect((await hand.advance('CREATIVE', 'cross_regional')).kind).toBe('moved');
  });

  it('has waited for its own regions alone at its theme lock, which is released once', async () => {
    const { members } = await readSyncPoint(engine.deps, { id: 'S2-CREATIVE', scheme: null });
    expect(members.map(({ region }) => region).toSorted()).toEqual(CREATIVE.toSorted());
    await carryOutEffects(engine);
    const { point } = await readSyncPoint(engine.deps, { id: 'S2-CREATIVE', scheme: null });
    expect(point.releasedAt ?? null).not.toBeNull();
    expect((await hand.facts('CREATIVE'))['activity.theme_locked_on']).toBe('2017-09-04');
  });

  it('becomes active with a driver from one of its regions, whom the authority that leads may name', async () => {
    expect(await hand.advance('CREATIVE')).toMatchObject({ kind: 'refused', code: 'gate.refused' });
    await expect(
      hand.change('CREATIVE', { driver: { cluster: 'Cluster', region: 'DE1' } }),
    ).rejects.toMatchObject({ code: 'activity.invalid' });
    const byAuthority = (nuts: string) =>
      changeActivity(engine.deps, {
        ...by(engine.authority(nuts)),
        ...hand.of('CREATIVE'),
        patch: { driver: { cluster: 'Creative Salzburg', region: 'AT32' } },
        note: null,
      });
    await expect(byAuthority('ITC4')).rejects.toMatchObject({ code: 'region.not-leading' });
    expect((await byAuthority('AT32')).activity.driver).toEqual({
      cluster: 'Creative Salzburg',
      region: 'AT32',
    });
    expect(await hand.advance('CREATIVE')).toMatchObject({ kind: 'moved', transition: { to: 'active' } });
  });

  it('loses a region that withdraws from the scheme, and everything is counted again, with all of it in its history', async () => {
    engine.clock.set(instant('2018-02-01T09:00:00Z'));
    await carryOutEffects(engine);
    expect(await lapses()).toEqual([]);
    await withdrawCycle(engine.deps, {
      ...by(engine.coordinator),
      cycleId: engine.cycle('ITH3'),
      note: null,
      decidedOn: null,
    });
    await carryOutEffects(engine);

    const { regions, mass, cycle } = await hand.read('CREATIVE');
    expect(regions.find(({ region }) => region === 'ITH3')?.state).toBe('left');
    expect(mass.confirmed).toMatchObject({ verdict: 'missed', regions: 3 });
    expect(await hand.facts('CREATIVE')).toMatchObject({
      'activity.regions_confirmed': 3,
      'activity.confirmed_all_advanced': true,
    });
    expect(await lapses()).toMatchObject([{ cycleId: cycle.id, details: { rule: 'R14d', stage: 'active' } }]);
    expect(await toldTo('coordinator', 'activity.region-left')).toEqual([
      'Creative industries: Veneto has left',
    ]);
    expect((await hand.changes('CREATIVE')).at(-1)).toEqual(['region-left', 'ITH3', 'system']);
    const before = await readFacts(engine.deps, { actor: SYSTEM_ACTOR, cycleId: cycle.id });
    await carryOutEffects(engine);
    expect(await readFacts(engine.deps, { actor: SYSTEM_ACTOR, cycleId: cycle.id })).toEqual(before);
  });

  it('does not propose it to a region that has withdrawn', async () => {
    const found = await readCandidates(engine.deps, engine.scheme.id);
    const creative = found.find(({ candidate }) => candidate.theme === 'creative');
    expect(creative).toMatchObject({
      activities: ['CREATIVE'],
      candidate: { regions: ['AT32', 'ITC4', 'ITC1'], criticalMass: { verdict: 'missed' } },
    });
    await expect(hand.change('CREATIVE', { ask: ['ITH3'] })).rejects.toMatchObject({
      code: 'region.not-found',
    });
    await expect(hand.confirm('CREATIVE', 'ITH3')).rejects.toMatchObject({ code: 'activity.not-possible' });
  });

  it('goes on as a regional one once it is said why, or with a new region once it has confirmed', async () => {
    await hand.change('CREATIVE', { ask: ['SI0'] });
    expect(await lapses()).toHaveLength(1);
    await hand.confirm('CREATIVE', 'SI0');
    expect(await lapses()).toEqual([]);
    await hand.leave('CREATIVE', 'SI0');
    expect(await lapses()).toHaveLength(1);
    const { cycle } = await hand.read('CREATIVE');
    await recordFacts(engine.deps, {
      ...by(engine.coordinator),
      cycleId: cycle.id,
      facts: [
        {
          fact: 'activity.regional_reason',
          value: 'Veneto has withdrawn.',
          precision: null,
          observedOn: null,
          evidence: null,
          note: null,
        },
      ],
    });
    expect(await lapses()).toEqual([]);
  });

  it('keeps its history whole: every state can be rebuilt from its journal', async () => {
    const { faults } = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: null });
    expect(faults).toEqual([]);
  });
});

describe('an activity that rests', () => {
  let engine: TestEngine;
  let hand: ReturnType<typeof activityHands>;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-09-04T08:00:00Z'));
    hand = activityHands(engine);
    await hand.propose('HEALTH', 'health', { lead: 'DE1' });
    await hand.select('HEALTH');
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  const wish = async () => ({
    ...by(engine.coordinator),
    cycleId: (await hand.read('HEALTH')).cycle.id,
    note: 'An election',
    decidedOn: null,
  });
  const dueOfLock = async () => {
    const { cycle } = await hand.read('HEALTH');
    const timers = await engine.deps.database.read((tx) => listWaitingTimers(tx, cycle.id));
    return timers.find(({ name }) => name === 'theme-lock')?.dueAt ?? null;
  };
  const tasks = async () => {
    const { cycle } = await hand.read('HEALTH');
    const found = await readTasks(engine.deps, {
      actor: engine.auditor,
      filter: { cycleId: cycle.id, limit: 200 },
    });
    return found
      .filter(({ stage, status }) => stage === 'selected' && status !== 'done')
      .map(({ reference, status, dueOn }) => `${reference} ${status} ${dueOn ?? ''}`)
      .toSorted();
  };
  const reminders = async () => {
    const inbox = await readInbox(engine.deps, {
      actor: engine.coordinator,
      unread: false,
      after: null,
      limit: 500,
    });
    return inbox.filter(({ template }) => template === 'activity.theme-lock-due').length;
  };

  it('has ninety days for its theme, and two tasks', async () => {
    expect((await dueOfLock())?.slice(0, 10)).toBe('2017-12-03');
    expect(await tasks()).toEqual(['TA4 open 2017-12-03', 'TA5 open 2017-12-03']);
  });

  it('rests with its timer and its tasks, and nobody is told that time is over', async () => {
    engine.clock.set(instant('2017-10-04T08:00:00Z'));
    await suspendCycle(engine.deps, await wish());
    expect((await tasks()).map((task) => task.split(' ')[1])).toEqual(['parked', 'parked']);
    engine.clock.set(instant('2018-01-12T08:00:00Z'));
    await carryOutEffects(engine);
    expect(await reminders()).toBe(0);
  });

  it('goes on with the sixty days that were left, and the coordinator is told when they are over', async () => {
    await resumeCycle(engine.deps, await wish());
    expect((await dueOfLock())?.slice(0, 10)).toBe('2018-03-12');
    expect(await tasks()).toEqual(['TA4 open 2018-03-12', 'TA5 open 2018-03-12']);
    engine.clock.set(instant('2018-03-13T09:00:00Z'));
    await carryOutEffects(engine);
    expect(await reminders()).toBe(1);
    expect((await hand.read('HEALTH')).cycle.stage).toBe('selected');
  });
});
