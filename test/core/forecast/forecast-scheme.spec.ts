import { describe, expect, it } from '@jest/globals';
import { criticalMass } from '../../../src/core/activities/critical-mass.js';
import { probabilityBy } from '../../../src/core/forecast/forecast-answer.js';
import { forecastScheme } from '../../../src/core/forecast/forecast-scheme.js';
import { judgeBarrier } from '../../../src/core/sync/barrier.js';
import { day } from '../calendar/calendar-fixtures.js';
import { CALL, distribution, HISTORY, meanDays, point, question, work } from './forecast-fixtures.js';
import { CALENDAR } from './simulated-schemes.js';

const A = 'AT32';
const B = 'DE1';
const C = 'SI0';
const THREE = [A, B, C];

describe('a forecast', () => {
  const three = question({ steps: THREE.map((region) => work(region)), points: [point('S7', THREE)] });

  it('is the same for the same question, and another for another seed', () => {
    expect(forecastScheme(three)).toEqual(forecastScheme(three));
    expect(forecastScheme({ ...three, seed: 2 })).not.toEqual(forecastScheme(three));
  });

  it('gives the probability by date, rising to one, and the days of its quantiles', () => {
    const forecast = distribution(forecastScheme(three), 'S7');
    const { quantiles, byDate, earliestOn, latestOn } = forecast;
    expect(byDate.map(({ probability }) => probability)).toEqual(
      byDate.map(({ probability }) => probability).toSorted((one, other) => one - other),
    );
    expect(byDate.at(-1)?.probability).toBe(1);
    expect(quantiles.map(({ on }) => on)).toEqual(quantiles.map(({ on }) => on).toSorted());
    expect([quantiles[0]?.on, quantiles.at(-1)?.on]).toEqual([earliestOn, latestOn]);
    expect(probabilityBy(forecast, latestOn ?? day('2017-01-01'))).toBeGreaterThanOrEqual(0.9);
    expect(probabilityBy(forecast, day('2017-03-20'))).toBe(0);
    expect(probabilityBy(forecast, day('2030-01-01'))).toBe(1);
  });

  it('does not change for one point when something is added that has nothing to do with it', () => {
    const more = {
      ...three,
      steps: [work('FRC2'), ...three.steps],
      points: [point('S8', ['FRC2']), ...three.points],
    };
    expect(distribution(forecastScheme(more), 'S7')).toEqual(distribution(forecastScheme(three), 'S7'));
  });

  it('comes sooner where fewer are waited for, by whatever rule', () => {
    const rules = [1, 2, 3].map((k) =>
      point(`k${k}`, THREE, {
        holds: (arrived) =>
          judgeBarrier(
            { kind: 'k-of-n', k },
            THREE.map((region) => ({ region, state: arrived.includes(region) ? 'arrived' : 'waiting' })),
            'shrink',
          ).holds,
      }),
    );
    const answer = forecastScheme({ ...three, points: [...rules, point('S7', THREE)] });
    const means = ['k1', 'k2', 'k3', 'S7'].map((id) => meanDays(distribution(answer, id)));
    expect(means.slice(0, 3)).toEqual(means.slice(0, 3).toSorted((one, other) => one - other));
    expect(means[2]).toBe(means[3]);
    expect(means[0]).toBeLessThan((means[1] ?? 0) - 1);
  });

  it('takes critical mass for a rule as well', () => {
    const countries = new Map([
      [A, 'AT'],
      [B, 'DE'],
      [C, 'SI'],
    ]);
    const members = (arrived: readonly string[]) =>
      arrived.map((region) => ({
        region,
        country: countries.get(region) ?? '',
        class: 'convergence' as const,
      }));
    const holds = (arrived: readonly string[]) =>
      criticalMass(members(arrived), {
        regionsMin: 2,
        countriesMin: 2,
        regionsMoreIfAllAdvanced: 1,
        source: 'R14',
      }).verdict === 'reached';
    const two = (arrived: readonly string[]) => arrived.length >= 2;
    const points = [point('mass', THREE, { holds }), point('two', THREE, { holds: two })];
    const answer = forecastScheme({ ...three, points });
    expect(distribution(answer, 'mass').byDate).toEqual(distribution(answer, 'two').byDate);
  });

  it('counts in working days where the length is counted in them', () => {
    const kinds = [{ ...CALL, id: 'work', counts: 'working-days' as const }];
    const inWorkingDays = {
      ...three,
      kinds,
      steps: THREE.map((region) => work(region, { calendar: CALENDAR })),
    };
    const ratio =
      meanDays(distribution(forecastScheme(inWorkingDays), 'S7')) /
      meanDays(distribution(forecastScheme(three), 'S7'));
    expect(ratio).toBeGreaterThan(1.38);
    expect(ratio).toBeLessThan(1.5);
  });

  it('knows that an open step has not ended yet', () => {
    const since = day('2016-11-20'); // 120 days: twice as long as it should take
    const open = { ...three, steps: THREE.map((region) => work(region, { state: { is: 'open', since } })) };
    const { earliestOn, byDate } = distribution(forecastScheme(open), 'S7');
    expect(byDate[0]?.on).toBeDefined();
    expect((byDate[0]?.on ?? '') > open.asOf).toBe(true);
    expect(earliestOn).not.toBeNull();
  });
});

describe('what a release hangs on', () => {
  const late = work(B, { id: `${B}/work`, state: { is: 'open', since: day('2017-03-10') }, kind: 'slow' });
  const kinds = [
    { id: 'work', gate: 'work.exit', counts: 'calendar-days' as const, targetDays: 60 },
    { id: 'slow', gate: 'slow.exit', counts: 'calendar-days' as const, targetDays: 240 },
  ];
  const asked = question({ kinds, steps: [work(A), late, work(C)], points: [point('S7', THREE)] });
  const forecast = distribution(forecastScheme(asked), 'S7');

  it('is the region and the gate that are the last ones needed', () => {
    expect(forecast.members[0]).toMatchObject({ member: B });
    expect(forecast.members[0]?.share).toBeGreaterThan(0.95);
    expect(forecast.steps[0]).toMatchObject({ step: 'DE1/work', region: B, kind: 'slow', gate: 'slow.exit' });
  });

  it('adds up to the days until the release', () => {
    const waited = forecast.steps.reduce((sum, { waitDays }) => sum + waitDays, 0);
    expect(waited).toBeCloseTo(meanDays(forecast));
    expect(forecast.members.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('is worth nearly a week where a week is gained there, and nothing elsewhere', () => {
    expect(forecast.steps[0]?.daysGainedByAWeek).toBeGreaterThan(6.5);
    expect(forecast.steps[0]?.daysGainedByAWeek).toBeLessThanOrEqual(7);
    for (const { daysGainedByAWeek } of forecast.steps.slice(1))
      expect(daysGainedByAWeek ?? 0).toBeLessThan(0.5);
  });

  it('goes back through a chain of steps and sync points', () => {
    const chain = question({
      steps: [
        work(A, { id: 'first' }),
        work(A, { id: 'AT32/work', after: ['first'] }),
        work('call', { id: 'call/work', kind: 'call', class: null, after: ['package'] }),
      ],
      points: [point('package', [A]), point('closed', ['call'], { call: 'food-1' })],
    });
    const closed = distribution(forecastScheme(chain), 'closed');
    expect(closed.call).toBe('food-1');
    expect(closed.steps.map(({ step, share }) => [step, share]).toSorted()).toEqual([
      ['AT32/work', 1],
      ['call/work', 1],
      ['first', 1],
    ]);
    expect(closed.steps.reduce((sum, { waitDays }) => sum + waitDays, 0)).toBeCloseTo(meanDays(closed));
  });
});

describe('a point', () => {
  const steps = THREE.map((region) => work(region));
  const only = (more: Parameters<typeof point>[2], asked: Parameters<typeof question>[0] = {}) =>
    forecastScheme(question({ steps, points: [point('S7', THREE, more)], ...asked })).points[0];

  it('has a range and says so below eight completed steps', () => {
    const seven = only({}, { completed: HISTORY.slice(0, 7) });
    expect(seven).toMatchObject({ kind: 'range', completedSteps: 7, completedStepsNeeded: 8 });
    expect(seven).not.toHaveProperty('byDate');
    expect(only({}, { completed: HISTORY.slice(0, 8) })).toMatchObject({
      kind: 'distribution',
      completedSteps: 8,
    });
  });

  it('does not count what was completed in another class', () => {
    const others = HISTORY.map((one) => ({ ...one, class: 'convergence' as const }));
    expect(only({}, { completed: others })).toMatchObject({ kind: 'range', completedSteps: 0 });
  });

  it('is not known where a step before it has neither history nor a target', () => {
    const kinds = [{ id: 'work', gate: null, counts: 'calendar-days' as const, targetDays: null }];
    expect(only({}, { kinds, completed: [] })).toMatchObject({ kind: 'unknown', lacking: ['work'] });
  });

  it('is unreachable where not even everybody is enough, and whatever waits for it as well', () => {
    expect(only({ holds: () => false })).toMatchObject({ kind: 'unreachable' });
    const waiting = question({
      steps: [work(A), work(B, { after: ['S2'] })],
      points: [point('S2', [A], { holds: () => false }), point('S7', [B])],
    });
    expect(forecastScheme(waiting).points.map(({ kind }) => kind)).toEqual(['unreachable', 'unreachable']);
  });

  it('is what it was once it is released', () => {
    const releasedOn = day('2017-02-01');
    const forecast = only({ releasedOn });
    expect(forecast).toEqual({ kind: 'released', point: 'S7', call: null, on: releasedOn });
    expect(forecast && probabilityBy(forecast, day('2017-01-31'))).toBe(0);
    expect(forecast && probabilityBy(forecast, releasedOn)).toBe(1);
  });

  it('comes on its last day at the latest, and says how often that decides', () => {
    const forecast = only({ releasesAtLatestOn: day('2017-04-30') });
    expect(forecast).toMatchObject({ kind: 'distribution', latestOn: '2017-04-30' });
    expect(forecast).toHaveProperty('releasedAtLatestShare', expect.any(Number));
    expect(only({ releasesAtLatestOn: day('2027-04-30') })).toHaveProperty('releasedAtLatestShare', 0);
  });

  it('has no day where it lies beyond what the calendars cover', () => {
    const end = question({
      asOf: day('2040-12-20'),
      kinds: [{ ...CALL, id: 'work', counts: 'working-days' }],
      steps: [work(A, { calendar: CALENDAR })],
      points: [point('S7', [A])],
    });
    expect(distribution(forecastScheme(end), 'S7')).toMatchObject({
      earliestOn: null,
      latestOn: null,
      byDate: [],
    });
  });
});

describe('a question that cannot be asked', () => {
  const steps = [work(A)];

  it.each([
    ['names a step that is not there', { steps, points: [point('S7', [B])] }],
    ['waits for itself', { steps: [work(A, { after: ['S7'] })], points: [point('S7', [A])] }],
    ['has something twice', { steps: [work(A), work(A)] }],
    ['has a kind that is not there', { steps: [work(A, { kind: 'rest' })] }],
    [
      'counts working days of no calendar',
      { steps, kinds: [{ ...CALL, id: 'work', counts: 'working-days' as const }] },
    ],
    [
      'has a step that began only later',
      { steps: [work(A, { state: { is: 'open', since: day('2018-01-01') } })] },
    ],
    [
      'has a step that ended only later',
      { steps: [work(A, { state: { is: 'done', on: day('2018-01-01') } })] },
    ],
    ['has no run', { steps, runs: 0 }],
  ])('is refused where it %s', (_, more) => {
    expect(() => forecastScheme(question(more))).toThrow(
      expect.objectContaining({ code: 'definition.invalid' }),
    );
  });
});
