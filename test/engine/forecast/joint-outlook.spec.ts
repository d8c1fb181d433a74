import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { proposeActivity } from '../../../src/engine/activities/propose-activity.js';
import { readForecast } from '../../../src/engine/forecast/read-forecast.js';
import { forkScheme } from '../../../src/engine/forks/fork-scheme.js';
import { carryOutEffects } from '../../support/carry-out.js';
import { by, instant, openTestEngine, type TestEngine } from '../../support/engine.js';
import { PROJECTS } from '../activities/activity-hands.js';

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe('looking ahead to what is joint', () => {
  let engine: TestEngine;
  let cycle: string;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-09-04T08:00:00Z'));
    const proposed = await proposeActivity(engine.deps, {
      ...by(engine.coordinator),
      scheme: engine.scheme.id,
      key: 'CREATIVE',
      theme: 'creative',
      name: null,
      regions: null,
      lead: null,
      linkedProjects: PROJECTS,
      driver: null,
      note: null,
    });
    cycle = proposed.cycle.id;
    await carryOutEffects(engine);
  });
  afterAll(() => engine.close());

  it('has every milestone of an activity that is still to come, by the target times of its workflow', async () => {
    const { milestones } = await readForecast(engine.deps, {
      scheme: engine.scheme.id,
      at: null,
      by: null,
      seed: null,
    });
    expect(milestones.map(({ point }) => point)).toEqual([
      'activity:CREATIVE/activity-rated',
      'activity:CREATIVE/activity-selected',
      'activity:CREATIVE/activity-cross-regional',
      'activity:CREATIVE/activity-active',
      'activity:CREATIVE/activity-planned',
      'activity:CREATIVE/activity-reviewed',
    ]);
    const [rated, selected] = milestones.map(({ outlook }) => outlook);
    if (rated?.kind !== 'range' || selected?.kind !== 'range') throw new Error('no ranges');
    expect(rated.earliestOn !== null && rated.earliestOn > '2017-09-04').toBe(true);
    expect(rated.latestOn !== null && selected.latestOn !== null && rated.latestOn < selected.latestOn).toBe(
      true,
    );
    expect(rated.steps[0]).toMatchObject({ gate: 'candidate.exit', region: 'activity:CREATIVE' });
    // For the last one the workflow has no target, and nobody has done it yet.
    expect(milestones.at(-1)?.outlook).toMatchObject({
      kind: 'unknown',
      lacking: ['transformative-activity/active/TA8'],
    });
  });

  it('takes an activity along into a fork: hypothetical facts of its cycle open its gate there', async () => {
    const facts = ['activity.capacity', 'activity.opportunity', 'activity.relatedness'].map((fact) => ({
      of: { cycle },
      fact,
      value: 4,
      precision: null,
      on: day('2017-09-06'),
    }));
    const { fork, base } = await forkScheme(engine.deps, {
      ...by(engine.coordinator),
      wish: {
        scheme: engine.scheme.id,
        at: null,
        until: day('2017-09-15'),
        pace: 'gates',
        facts,
        events: [],
        deadlines: [{ syncPoint: 'S0', on: day('2017-09-10') }],
        draft: null,
        keep: false,
      },
    });
    const activity = fork.cycles.find((one) => one.cycle === cycle);
    expect(activity).toMatchObject({ subject: 'activity', stage: 'selected' });
    expect(activity?.entered).toEqual([
      { stage: 'rated', on: '2017-09-07' },
      { stage: 'selected', on: '2017-09-08' },
    ]);
    expect(base.cycles.find((one) => one.cycle === cycle)?.stage).toBe('candidate');
    // On its last day it is released with whom it has.
    const s0 = fork.syncPoints.find(({ syncPoint }) => syncPoint === 'S0');
    expect(s0?.releasedOn).toBe('2017-09-11');
  });
});
