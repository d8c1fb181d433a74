import type { z } from 'zod';
import type { PointForecast } from '../../core/forecast/forecast-answer.js';
import type { Language } from '../../core/terms/language.js';
import type { SchemeDrift } from '../../engine/forecast/read-drift.js';
import type { SchemeForecast, SyncPointForecast } from '../../engine/forecast/read-forecast.js';
import type { forecastSchema, schemeDriftSchema } from '../schemas/forecast.js';

type ForecastAnswer = z.output<typeof forecastSchema>;
type PointAnswer = ForecastAnswer['syncPoints'][number];

/** Steps and members of one point that are shown; those behind them hardly count. */
const SHOWN_MAX = 20;
/** Of the probability by date the first day of each so many parts is shown. */
const PARTS_SHOWN = 20;

export function forecastAnswer(forecast: SchemeForecast, language: Language): ForecastAnswer {
  const { points, milestones, ...rest } = forecast;
  return {
    ...rest,
    syncPoints: points.map((point) => pointAnswer(point, language)),
    milestones: milestones.map((point) => pointAnswer(point, language)),
  };
}

function pointAnswer(point: SyncPointForecast, language: Language): PointAnswer {
  const { labels, outlook, limits, ...rest } = point;
  return {
    ...rest,
    label: labels[language],
    limits: [...limits],
    outlook: outlook === null ? null : outlookAnswer(outlook),
  };
}

function outlookAnswer(outlook: PointForecast): NonNullable<PointAnswer['outlook']> {
  switch (outlook.kind) {
    case 'released':
      return { kind: 'released', on: outlook.on };
    case 'unreachable':
      return { kind: 'unreachable' };
    case 'unknown':
      return { kind: 'unknown', lacking: [...outlook.lacking] };
    case 'range': {
      const { kind, completedStepsNeeded } = outlook;
      return { kind, ...shared(outlook), completedStepsNeeded };
    }
    case 'distribution': {
      const { kind, quantiles, byDate, releasedAtLatestShare } = outlook;
      return {
        kind,
        ...shared(outlook),
        quantiles: [...quantiles],
        byDate: thinned(byDate),
        releasedAtLatestShare,
      };
    }
  }
}

function shared(outlook: Extract<PointForecast, { readonly kind: 'range' | 'distribution' }>) {
  const { earliestOn, latestOn, completedSteps, members, steps } = outlook;
  return {
    earliestOn,
    latestOn,
    completedSteps,
    members: members.slice(0, SHOWN_MAX),
    steps: steps.slice(0, SHOWN_MAX),
  };
}

/** Ascending, so the last one is kept as well: with it everything has come that comes. */
function thinned<Day extends { readonly probability: number }>(days: readonly Day[]): Day[] {
  let next = 0;
  return days.filter(({ probability }, index) => {
    if (probability < next / PARTS_SHOWN && index < days.length - 1) return false;
    next = Math.floor(probability * PARTS_SHOWN) + 1;
    return true;
  });
}

export function driftAnswer(drift: SchemeDrift, language: Language): z.output<typeof schemeDriftSchema> {
  const { milestones, drifts, overTime, ...rest } = drift;
  return {
    ...rest,
    milestones: milestones.map(({ milestone, labels }) => ({ milestone, label: labels[language] })),
    drifts: [...drifts],
    overTime: overTime.map(({ asOf, drifts: then }) => ({ asOf, drifts: [...then] })),
  };
}
