import { toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import type { CompletedStep, StepKind } from '../../../src/core/forecast/completed-step.js';
import type { DistributionOutlook, Forecast } from '../../../src/core/forecast/forecast-answer.js';
import type {
  ForecastPoint,
  ForecastQuestion,
  ForecastStep,
} from '../../../src/core/forecast/forecast-question.js';
import { day } from '../calendar/calendar-fixtures.js';

export const AS_OF = day('2017-03-20');

export const WORK: StepKind = { id: 'work', gate: 'work.exit', counts: 'calendar-days', targetDays: 60 };
export const CALL: StepKind = { id: 'call', gate: null, counts: 'calendar-days', targetDays: 60 };

/** Ten completed steps of work of other regions, a tenth shorter and longer than 60 days. */
export const HISTORY: readonly CompletedStep[] = [54, 56, 58, 59, 60, 60, 61, 62, 64, 66].map(
  (days, index) => ({ region: `earlier ${index}`, class: 'advanced', kind: 'work', days }),
);

/** A step of work of a region of the same name, that waits for nothing. */
export function work(region: string, more: Partial<ForecastStep> = {}): ForecastStep {
  return {
    id: `${region}/work`,
    region,
    class: 'advanced',
    kind: 'work',
    calendar: null,
    after: [],
    notBefore: null,
    state: { is: 'waiting' },
    ...more,
  };
}

/** A sync point of the work of these regions, that all of them have to reach. */
export function point(
  id: string,
  regions: readonly string[],
  more: Partial<ForecastPoint> = {},
): ForecastPoint {
  return {
    id,
    call: null,
    arrivals: regions.map((member) => ({ member, step: `${member}/work` })),
    holds: (arrived) => arrived.length >= regions.length,
    releasesAtLatestOn: null,
    releasedOn: null,
    ...more,
  };
}

export function question(more: Partial<ForecastQuestion>): ForecastQuestion {
  return {
    asOf: AS_OF,
    seed: 1,
    runs: 500,
    kinds: [WORK, CALL],
    completed: HISTORY,
    steps: [],
    points: [],
    ...more,
  };
}

export function distribution(forecast: Forecast, id: string): DistributionOutlook {
  const found = forecast.points.find((one) => one.point === id);
  if (found?.kind !== 'distribution') throw new Error(`${id} is ${found?.kind ?? 'not there'}`);
  return found;
}

/** The mean of the days from the day of the forecast to the release. */
export function meanDays({ byDate }: DistributionOutlook): number {
  let before = 0;
  return byDate.reduce((sum, { on, probability }) => {
    const share = probability - before;
    before = probability;
    return sum + share * (toDayNumber(on) - toDayNumber(AS_OF));
  }, 0);
}
