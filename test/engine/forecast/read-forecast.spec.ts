import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { advanceCycle } from '../../../src/engine/cycles/advance-cycle.js';
import { openScheme } from '../../../src/engine/schemes/open-scheme.js';
import { SYSTEM_ACTOR } from '../../../src/core/terms/actor.js';
import { suspendCycle } from '../../../src/engine/cycles/suspend-cycle.js';
import { withdrawCycle } from '../../../src/engine/cycles/withdraw-cycle.js';
import { recordFacts } from '../../../src/engine/facts/record-facts.js';
import { readDrift } from '../../../src/engine/forecast/read-drift.js';
import { readForecast, type SchemeForecast } from '../../../src/engine/forecast/read-forecast.js';
import { leaveSyncPoints } from '../../../src/engine/sync/leave-sync-points.js';
import { restSyncPoints } from '../../../src/engine/sync/rest-sync-points.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { agendaSettingFacts } from '../../support/passing-facts.js';

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

/** Advanced regions in the order in which they leave agenda setting, three days after each other. */
const LEAVING = ['DE1', 'DE2', 'AT32', 'AT31', 'ITC4', 'ITC1', 'ITH3', 'ITH2', 'FRC2'];
const BEGIN = '2016-11-02T08:00:00Z';

describe('the forecast of a scheme', () => {
  let engine: TestEngine;
  let beginning: SchemeForecast;

  const forecast = (more: { at?: string; by?: string; seed?: number } = {}) =>
    readForecast(engine.deps, {
      scheme: engine.scheme.id,
      at: more.at === undefined ? null : instant(more.at),
      by: more.by === undefined ? null : day(more.by),
      seed: more.seed ?? null,
    });
  const pointOf = ({ points }: SchemeForecast, id: string) => {
    const found = points.find(({ point }) => point === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  };
  const plain = (nuts: string) => ({
    ...by(engine.coordinator),
    cycleId: engine.cycle(nuts),
    note: null,
    decidedOn: null,
  });

  /** The same regions in another scheme: history, too. */
  const leaveInAnotherScheme = async () => {
    const opened = await openScheme(engine.deps, {
      ...by(SYSTEM_ACTOR),
      scheme: { ...engine.scheme, id: 'another', syncPoints: [] },
    });
    engine.clock.set(instant('2017-07-03T08:00:00Z'));
    for (const { id: cycleId, region } of opened.cycles) {
      if (!LEAVING.includes(region)) continue;
      const command = { ...by(engine.coordinator), cycleId };
      await recordFacts(engine.deps, { ...command, facts: agendaSettingFacts() });
      await advanceCycle(engine.deps, { ...command, note: null, decidedOn: null, to: null });
    }
  };

  beforeAll(async () => {
    engine = await openTestEngine();
    await carryOutEffects(engine);
    engine.clock.set(instant(BEGIN));
    beginning = await forecast();
    await leaveInAnotherScheme();
    engine.clock.set(instant('2017-07-03T09:00:00Z'));
    for (const nuts of LEAVING) {
      const facts = agendaSettingFacts();
      await recordFacts(engine.deps, { ...by(engine.coordinator), cycleId: engine.cycle(nuts), facts });
      const moved = await advanceCycle(engine.deps, { ...plain(nuts), to: null });
      if (moved.kind === 'refused') throw new Error(`${nuts}: ${moved.code}`);
      engine.clock.advanceDays(3);
    }
  });
  afterAll(() => engine.close());

  it('is a range as long as fewer than eight stages are completed, and says so', () => {
    const { outlook, limits, probabilityBy } = pointOf(beginning, 'S7');
    expect(outlook).toMatchObject({ kind: 'range', completedSteps: 0, completedStepsNeeded: 8 });
    if (outlook?.kind !== 'range') throw new Error('no range');
    // Agenda setting, strategy and two years of implementation, by their target times.
    expect(outlook.earliestOn).toMatch(/^20(19|20|21)/);
    expect(
      outlook.latestOn !== null && outlook.earliestOn !== null && outlook.earliestOn < outlook.latestOn,
    ).toBe(true);
    expect(outlook.members.length).toBeGreaterThan(5);
    expect([limits, probabilityBy]).toEqual([[], null]);
    expect(pointOf(beginning, 'KICK-OFF').outlook).toMatchObject({ kind: 'released', on: '2016-11-01' });
  });

  it('rests on the history of the logs, and then has a probability for every day', async () => {
    // Before the first of them left here, and after all had left there.
    const then = await forecast({ at: '2017-07-03T08:30:00Z', by: '2020-06-30' });
    expect(then.completedSteps).toBe(LEAVING.length);
    const { outlook, probabilityBy } = pointOf(then, 'S7');
    if (outlook?.kind !== 'distribution') throw new Error(`it is ${outlook?.kind}`);
    expect(outlook.completedSteps).toBe(LEAVING.length);
    expect(outlook.quantiles.map(({ share }) => share)).toEqual([0.1, 0.25, 0.5, 0.75, 0.9]);
    const known = outlook.byDate.findLast(({ on }) => on <= '2020-06-30')?.probability ?? 0;
    expect(probabilityBy).toBe(known);
    expect(outlook.steps[0]).toMatchObject({ gate: expect.stringMatching(/exit$/) });
    expect(outlook.steps[0]?.daysGainedByAWeek).toBeGreaterThan(0);
  });

  it('names the regions that are furthest behind where everybody is needed', async () => {
    await engine.deps.database.transact((tx) =>
      tx.execute(`update sync_points set rule = '{"kind": "all"}' where id = 'S7'`),
    );
    const { outlook } = pointOf(await forecast(), 'S7');
    await engine.deps.database.transact((tx) =>
      tx.execute(`update sync_points set rule = '{"kind": "k-of-n", "k": 9}' where id = 'S7'`),
    );
    if (outlook?.kind !== 'range') throw new Error(`it is ${outlook?.kind}`);
    // Only these two are still in agenda setting.
    const first = outlook.members.slice(0, 2).map(({ member }) => member);
    expect(first.toSorted()).toEqual(['CH022', 'SI0']);
  });

  it('is the same for the same seed and moment, and another for another seed', async () => {
    const [one, other] = [await forecast({ seed: 7 }), await forecast({ seed: 7 })];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(JSON.stringify(await forecast({ seed: 8 }))).not.toBe(JSON.stringify(one));
  });

  it('looks ahead from a moment of the past by what was known then', async () => {
    expect(JSON.stringify(await forecast({ at: BEGIN }))).toBe(JSON.stringify(beginning));
    await expect(forecast({ at: '2030-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'date.in-the-future',
    });
  });

  it('says of a rule that asks facts that it cannot look ahead', () => {
    expect(pointOf(beginning, 'S1')).toMatchObject({ outlook: null, limits: ['rule.asks-facts'] });
  });

  it('counts days ahead and behind at each milestone, month by month', async () => {
    const { drifts, overTime, milestones } = await readDrift(engine.deps, {
      scheme: engine.scheme.id,
      at: null,
    });
    const at = (region: string) =>
      drifts.find((one) => one.region === region && one.milestone === 'strategy-development-entered');
    // The median of the ten others is half-way between the fifth and the sixth of them.
    expect(at('DE1')).toMatchObject({ arrivedOn: '2017-07-03', daysAhead: 16.5, isSettled: true });
    expect(at('FRC2')).toMatchObject({ arrivedOn: '2017-07-27', isSettled: true });
    expect(at('FRC2')?.daysAhead).toBeLessThan(0);
    expect(at('SI0')).toMatchObject({ arrivedOn: null, isSettled: false });
    expect(milestones.map(({ milestone }) => milestone)).toContain('review-entered');
    expect(overTime.map(({ asOf }) => asOf)).toEqual(
      ['2016-11', '2016-12', '2017-01', '2017-02', '2017-03', '2017-04', '2017-05', '2017-06', '2017-07'].map(
        (month) => `${month}-30`.replace('02-30', '02-28'),
      ),
    );
  });

  it('does not wait for a region that rests or has left, and says which is the case', async () => {
    await suspendCycle(engine.deps, plain('SI0'));
    await withdrawCycle(engine.deps, plain('CH022'));
    // Their effects, without those of nine months that wait beside them.
    const of = (region: string) => ({ scheme: engine.scheme.id, region, cycleId: engine.cycle(region) });
    await restSyncPoints(engine.deps, 'rest', { type: 'sync-rest', ...of('SI0') });
    await leaveSyncPoints(engine.deps, 'leave', { type: 'sync-leave', ...of('CH022') });
    const found = pointOf(await forecast(), 'S7');
    expect(found.limits).toEqual(['member.resting']);
    if (found.outlook?.kind !== 'range') throw new Error(`it is ${found.outlook?.kind}`);
    const members = found.outlook.members.map(({ member }) => member);
    expect(members).not.toContain('SI0');
    expect(members).not.toContain('CH022');
  });
});
