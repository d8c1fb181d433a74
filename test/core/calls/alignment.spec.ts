import { describe, expect, it } from '@jest/globals';
import { alignCalendars, type Alignment } from '../../../src/core/calls/alignment.js';
import type { CallConstraints } from '../../../src/core/calls/alignment-constraints.js';
import { callRules } from '../../../src/core/calls/call-rules.js';
import { minimalSubset } from '../../../src/core/calls/minimal-subset.js';
import { blackout, budgetYear, callOf, leeway, locked, on, regionOf, WEEKDAYS } from './call-fixtures.js';

function kindOf<Kind extends Alignment['kind']>(
  call: CallConstraints,
  kind: Kind,
): Extract<Alignment, { kind: Kind }> {
  const alignment = alignCalendars(call);
  if (alignment.kind !== kind) throw new Error(JSON.stringify(alignment, null, 1));
  return alignment as Extract<Alignment, { kind: Kind }>;
}

describe('the alignment of a call', () => {
  it('gives every region its dates, and Austria its earlier deadline as in IraSME 2019', () => {
    const call = callOf(
      [
        regionOf('AT31', { localLead: { least: locked(26), most: locked(31) } }),
        regionOf('DE1', { meetings: [on('2019-06-20'), on('2019-07-10')] }),
      ],
      { earliestDay: on('2018-11-30'), lastDay: on('2019-12-31') },
    );
    const { earliest } = kindOf(
      {
        ...call,
        secretariat: {
          ...call.secretariat,
          blackouts: [blackout('until', '2018-11-30', '2019-03-26', { forbids: ['deadline'] })],
        },
      },
      'feasible',
    );
    expect(earliest).toEqual({
      textFinalOn: '2018-11-30',
      opensOn: '2018-12-30',
      closesOn: '2019-03-27',
      rankedOn: '2019-06-15',
      startsOn: '2019-08-01',
      regions: [
        { region: 'AT31', localClosesOn: '2019-03-01', decidesOn: '2019-06-15' },
        { region: 'DE1', localClosesOn: '2019-03-27', decidesOn: '2019-06-20' },
      ],
    });
  });

  it('names what binds each end, and the day without it', () => {
    const { bounds } = kindOf(
      callOf([
        regionOf('AT31', { openDays: locked(75) }),
        regionOf('SI0', { meetings: [on('2026-08-20'), on('2026-09-10')] }),
      ]),
      'feasible',
    );
    const find = (step: string, region: string | null = null) =>
      bounds.find((bound) => bound.step === step && bound.region === region && bound.end === 'earliest');
    expect(find('opening')).toMatchObject({
      on: '2026-01-31',
      binding: [{ constraints: [{ name: 'call/notice-days' }], wouldBe: '2026-01-01' }],
    });
    expect(
      find('deadline')?.binding.map(({ constraints, wouldBe }) => [constraints[0]?.name, wouldBe]),
    ).toEqual(expect.arrayContaining([['AT31/open-days', '2026-04-01']]));
  });

  it('names together what binds only together', () => {
    const { bounds } = kindOf(
      callOf([regionOf('AT31', { openDays: locked(75) }), regionOf('SI0', { openDays: locked(75) })]),
      'feasible',
    );
    const deadline = bounds.find(({ step, end }) => step === 'deadline' && end === 'earliest');
    expect(deadline?.on).toBe('2026-04-16');
    expect(
      deadline?.binding.map(({ constraints, wouldBe }) => [constraints.map(({ name }) => name), wouldBe]),
    ).toEqual([
      [['call/notice-days'], '2026-03-17'],
      [['AT31/open-days', 'SI0/open-days'], '2026-04-01'],
    ]);
  });

  it('moves the least, and never what is locked', () => {
    const regions = [
      regionOf('AT31', { budgetYears: [budgetYear('2026', '2026-01-01', '2026-08-31')] }),
      regionOf('SI0', { openDays: { days: 90, leeway: leeway(30) } }),
      regionOf('ITH3', { meetings: [on('2026-07-19', leeway(20)), on('2026-12-01')] }),
    ];
    const call = callOf(regions, { earliestDay: on('2026-01-01'), lastDay: on('2027-12-31') });
    const { moves, cost, earliest } = kindOf({ ...call, evaluationDays: locked(60) }, 'moves');
    expect([moves.map(({ name, days }) => [name, days]), cost, earliest.startsOn]).toEqual([
      [['ITH3/meeting/2026-07-19', -1]],
      1,
      '2026-08-01',
    ]);
  });

  it('says why if nothing helps', () => {
    const late = regionOf('AT31', { budgetYears: [budgetYear('2026', '2026-01-01', '2026-03-31')] });
    const found = kindOf(
      callOf([late, regionOf('SI0', { openDays: { days: 61, leeway: leeway(5) } })]),
      'none',
    );
    expect(found.reason).toBe('locked');
    expect(found.conflict.map(({ name }) => name)).toContain('AT31/budget-years');
  });

  it.each<[string, Partial<CallConstraints>]>([
    ['no regions', { regions: [] }],
    ['a region twice', { regions: [regionOf('AT31'), regionOf('AT31')] }],
    ['a region that is called like the call', { regions: [regionOf('call')] }],
    ['an end before the beginning', { lastDay: on('2025-12-31') }],
    ['more than three years', { lastDay: on('2029-12-31') }],
    ['half a day', { evaluationDays: locked(0.5) }],
    ['a leeway of nothing', { evaluationDays: { days: 80, leeway: leeway(0) } }],
    ['a rule that is no number of days', { rules: callRules({ openDays: -1 }) }],
    [
      'a blackout that ends before it begins',
      { regions: [regionOf('AT31', { blackouts: [blackout('b', '2026-02-02', '2026-02-01')] })] },
    ],
  ])('refuses %s', (_, other) => {
    expect(() => alignCalendars({ ...callOf([regionOf('AT31')]), ...other })).toThrow('alignment.invalid');
  });

  it('takes three years and eleven regions with closed weeks, meetings and budget years', () => {
    const { windows } = kindOf(elevenRegions(), 'feasible');
    expect(windows.decisions).toHaveLength(11);
    expect(windows.opening.length).toBeGreaterThan(0);
  });
});

function elevenRegions(): CallConstraints {
  const years = [2026, 2027, 2028];
  const regions = Array.from({ length: 11 }, (_, index) =>
    regionOf(`R${index}`, {
      calendar: WEEKDAYS,
      openDays: locked(60 + index),
      blackouts: years.flatMap((year) => [
        blackout(`summer-${year}`, `${year}-08-01`, `${year}-08-20`, { leeway: leeway(14) }),
        blackout(`winter-${year}`, `${year}-12-20`, `${year + 1}-01-07`),
      ]),
      meetings: years.flatMap((year) =>
        ['01', '03', '05', '07', '09', '11'].map((month) => on(`${year}-${month}-1${index % 9}`, leeway(10))),
      ),
      budgetYears: years.map((year) => budgetYear(`${year}`, `${year}-02-01`, `${year}-11-30`, leeway(31))),
    }),
  );
  return callOf(regions, { lastDay: on('2028-12-31') });
}

describe('a minimal subset', () => {
  it('is enough, and not without any of its items', () => {
    const isEnough = (part: readonly number[]): boolean =>
      part.includes(3) && (part.includes(5) || part.includes(7));
    expect(minimalSubset([1, 3, 5, 7, 9], isEnough)).toEqual([3, 5]);
    expect(minimalSubset([1, 3, 9], isEnough)).toBeNull();
    expect(minimalSubset([1], () => true)).toEqual([]);
  });
});
