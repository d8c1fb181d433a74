import { describe, expect, it } from '@jest/globals';
import { parseCalendarDate, type CalendarDate } from '../../../src/core/calendar/calendar-date.js';
import { compareRuns } from '../../../src/engine/forks/compare-runs.js';
import type { CycleRun, ForkRun } from '../../../src/engine/forks/fork-run.js';

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

function cycle(more: Partial<CycleRun> = {}): CycleRun {
  return {
    cycle: 'c1',
    region: 'AT32',
    subject: 'region',
    stage: 'review',
    status: 'active',
    entered: [],
    milestones: [],
    gate: null,
    ...more,
  };
}

function run(more: Partial<ForkRun> = {}): ForkRun {
  return { cycles: [cycle()], syncPoints: [], steps: [], ...more };
}

const point = (releasedOn: CalendarDate | null) => ({
  syncPoint: 'S7',
  releasedOn,
  arrived: [],
  missing: [],
});

describe('the comparison of two runs', () => {
  it('finds nothing where they are alike, whatever was done to get there', () => {
    expect(compareRuns(run(), run({ steps: [] }))).toEqual([]);
  });

  it('counts days, earlier and later, and names what comes in one of them only', () => {
    const base = run({
      syncPoints: [point(day('2018-01-10'))],
      cycles: [
        cycle({
          entered: [
            { stage: 'implementation', on: day('2018-01-01') },
            { stage: 'review', on: day('2018-02-01') },
          ],
        }),
      ],
    });
    const fork = run({
      syncPoints: [point(null)],
      cycles: [
        cycle({
          stage: 'implementation',
          entered: [{ stage: 'implementation', on: day('2017-12-25') }],
          milestones: [{ milestone: 'implementation-entered', on: day('2017-12-25') }],
        }),
      ],
    });
    const of = { subject: 'c1', region: 'AT32' };
    expect(compareRuns(base, fork)).toEqual([
      {
        kind: 'sync-point',
        subject: 'S7',
        region: null,
        name: 'S7',
        base: '2018-01-10',
        fork: null,
        daysLater: null,
      },
      { kind: 'stage', ...of, name: 'implementation', base: '2018-01-01', fork: '2017-12-25', daysLater: -7 },
      { kind: 'stage', ...of, name: 'review', base: '2018-02-01', fork: null, daysLater: null },
      {
        kind: 'milestone',
        ...of,
        name: 'implementation-entered',
        base: null,
        fork: '2017-12-25',
        daysLater: null,
      },
      { kind: 'end', ...of, name: 'implementation', base: null, fork: null, daysLater: null },
    ]);
  });

  it('takes the first entry into a stage that is entered twice', () => {
    const twice = cycle({
      entered: [
        { stage: 'review', on: day('2018-02-01') },
        { stage: 'review', on: day('2018-05-01') },
      ],
    });
    const once = cycle({ entered: [{ stage: 'review', on: day('2018-02-01') }] });
    expect(compareRuns(run({ cycles: [once] }), run({ cycles: [twice] }))).toEqual([]);
  });
});
