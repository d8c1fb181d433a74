import { describe, expect, it } from '@jest/globals';
import { forecastLines } from '../../src/app/forecast-lines.js';
import { forkLines } from '../../src/app/fork-lines.js';
import { parseCalendarDate, type CalendarDate } from '../../src/core/calendar/calendar-date.js';
import type { Labels } from '../../src/core/terms/language.js';
import type { SchemeForecast, SyncPointForecast } from '../../src/engine/forecast/read-forecast.js';
import type { ForkRun } from '../../src/engine/forks/fork-run.js';
import { instant } from '../support/engine.js';

function day(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

const LABELS: Labels = { de: 'x', fr: 'x', it: 'x', sl: 'x', en: 'x' };
const at = instant('2017-07-03T08:00:00Z');

function point(id: string, more: Partial<SyncPointForecast>): SyncPointForecast {
  return {
    point: id,
    scope: { kind: 'scheme' },
    labels: LABELS,
    milestone: 'review-entered',
    outlook: null,
    limits: [],
    probabilityBy: null,
    ...more,
  };
}

describe('what the command line says of a scheme', () => {
  it('is a table of the forecast, with whom each point hangs on, and what is not known', () => {
    const shared = {
      call: null,
      earliestOn: day('2018-01-10'),
      latestOn: day('2018-03-01'),
      members: [{ member: 'SI0', share: 0.61 }],
      steps: [
        {
          step: 'SI0/agenda_setting',
          region: 'SI0',
          kind: 'region-cycle/agenda_setting',
          gate: 'agenda_setting.exit',
          share: 0.6,
          waitDays: 40,
          daysGainedByAWeek: 4.26,
        },
      ],
    };
    const forecast: SchemeForecast = {
      scheme: 'alps',
      at,
      asOf: day('2017-07-03'),
      by: day('2018-02-01'),
      seed: 1,
      runs: 2_000,
      completedSteps: 9,
      points: [
        point('S0', {
          outlook: { kind: 'range', point: 'S0', completedSteps: 3, completedStepsNeeded: 8, ...shared },
          limits: ['member.resting'],
        }),
        point('S1', { limits: ['rule.asks-facts'] }),
        point('S7', {
          outlook: {
            kind: 'distribution',
            point: 'S7',
            completedSteps: 9,
            ...shared,
            quantiles: [{ share: 0.5, on: day('2018-02-01') }],
            byDate: [],
            releasedAtLatestShare: 0,
          },
          probabilityBy: 0.5,
        }),
      ],
      milestones: [],
    };
    expect(forecastLines(forecast)).toEqual([
      'alps, as of 2017-07-03: 2000 futures, seed 1, 9 completed stages and tasks',
      '',
      'point  is            one in ten by  half by     nine in ten by  by 2018-02-01  critical region  critical stage (gate)                     a week there gains',
      'S0     range         2018-01-10     -           2018-03-01      -              SI0 61 %         SI0/agenda_setting (agenda_setting.exit)  4.3 days',
      'S1     no forecast   -              -           -               -              -                -                                         -',
      'S7     distribution  2018-01-10     2018-02-01  2018-03-01      50 %           SI0 61 %         SI0/agenda_setting (agenda_setting.exit)  4.3 days',
      '',
      'A range rests on fewer than 8 completed stages and tasks: no probability is given.',
      'S0: member.resting',
      'S1: rule.asks-facts',
    ]);
  });

  it('is both runs of a fork side by side, and what differs', () => {
    const run = (stage: string, releasedOn: CalendarDate | null): ForkRun => ({
      cycles: [
        {
          cycle: 'c1',
          region: 'AT32',
          subject: 'region',
          stage,
          status: 'active',
          entered: [],
          milestones: [],
          gate: null,
        },
      ],
      syncPoints: [{ syncPoint: 'S7', releasedOn, arrived: [], missing: [] }],
      steps: [],
    });
    const lines = forkLines({
      scheme: 'alps',
      at,
      from: day('2017-07-03'),
      until: day('2017-08-31'),
      pace: 'gates',
      draft: null,
      base: run('agenda_setting', day('2017-08-20')),
      fork: run('strategy_development', day('2017-08-13')),
      differences: [
        {
          kind: 'sync-point',
          subject: 'S7',
          region: null,
          name: 'S7',
          base: day('2017-08-20'),
          fork: day('2017-08-13'),
          daysLater: -7,
        },
      ],
      limits: [],
      kept: null,
    });
    expect(lines).toEqual([
      'alps, what if from 2017-07-03 to 2017-08-31 (pace: gates)',
      '',
      '1 differences, without and with the hypotheses:',
      '  sync-point S7: 2017-08-20 -> 2017-08-13 (7 days earlier)',
      '',
      'sync points released on:',
      '  S7  2017-08-20  2017-08-13  *',
      '',
      'where the regions are at the end:',
      '  AT32  agenda_setting  strategy_development  *',
      '',
      'what was done in the fork:',
    ]);
  });
});
