import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { probabilityBy, type PointForecast } from '../../core/forecast/forecast-answer.js';
import { FORECAST_RUNS_DEFAULT, type ForecastStep } from '../../core/forecast/forecast-question.js';
import { forecastScheme } from '../../core/forecast/forecast-scheme.js';
import type { SyncScope } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Labels } from '../../core/terms/language.js';
import type { EngineDeps } from '../engine-deps.js';
import { requirePast } from '../history/require-past.js';
import { forecastRecords } from './forecast-records.js';
import { jointMilestones } from './joint-milestones.js';
import { ARRIVED_KIND, mapPoint, type ForecastLimit } from './map-point.js';
import { pointsAt, type PointAt } from './points-at.js';
import { wayOfSteps } from './way-of-steps.js';

/** The luck of a forecast of which nobody has named another. Any whole number would do. */
export const FORECAST_SEED_DEFAULT = 1;

/** A look ahead to one sync point, or to a milestone of an activity or a call. */
export interface SyncPointForecast {
  /** Id of the sync point; of a milestone `activity:KEY/milestone` or `call:KEY/milestone`. */
  readonly point: string;
  readonly scope: SyncScope;
  readonly labels: Labels;
  readonly milestone: string;
  /** Null: its rule cannot be looked ahead to, see `limits`. */
  readonly outlook: PointForecast | null;
  readonly limits: readonly ForecastLimit[];
  /** That it is released by the end of the day that was asked for, 0 to 1; null: none was, or no probability is known. */
  readonly probabilityBy: number | null;
}

export interface SchemeForecast {
  readonly scheme: string;
  readonly at: Instant;
  readonly asOf: CalendarDate;
  readonly by: CalendarDate | null;
  readonly seed: number;
  readonly runs: number;
  /** How many completed stages and tasks history has of the kinds that count here. */
  readonly completedSteps: number;
  /** By id. */
  readonly points: readonly SyncPointForecast[];
  /** What lies ahead of each activity and call that lives, by its own workflow, in the order of its milestones. */
  readonly milestones: readonly SyncPointForecast[];
}

/**
 * When the sync points of a scheme will be released, with which probability, and on whom it hangs. Rests on what was
 * known at `at`: the regions' own history, then that of the peers of their class, then the target times of the
 * workflow. The same question about the same moment always has the same answer.
 *
 * @param query.at null: now
 * @param query.by a day for which the probability is wanted; null: none
 * @param query.seed null: `FORECAST_SEED_DEFAULT`
 * @throws DomainError `scheme.not-found`, `date.in-the-future`; `calendar.out-of-range` where a calendar does not
 *   cover the day
 */
export async function readForecast(
  deps: EngineDeps,
  query: {
    readonly scheme: string;
    readonly at: Instant | null;
    readonly by: CalendarDate | null;
    readonly seed: number | null;
  },
): Promise<SchemeForecast> {
  const { scheme, by } = query;
  const { at, records, points } = await deps.database.read(async (tx) => {
    const now = await deps.clock.now(tx);
    const moment = query.at ?? now;
    requirePast(moment, now);
    const read = await forecastRecords(deps, tx, { scheme, at: moment, isPast: query.at !== null });
    return { at: moment, records: read, points: await pointsAt(tx, read.scheme, moment, read.arrivals) };
  });
  const { zone, regions, travellers, joint, kinds, completed } = records;
  const asOf = dateInZone(at, zone);
  const ways = new Map(
    travellers.map((traveller) => [traveller.id, { traveller, way: wayOfSteps(traveller) }]),
  );
  const mapped = points.map((found) => ({ found, ...mapPoint(found, { asOf, zone, regions, ways }) }));
  const milestones = joint.map(jointMilestones);
  const steps = [
    ...[...ways.values()].flatMap(({ way }) => way.steps),
    ...[...mapped, ...milestones].flatMap((one) => one.steps),
  ];
  const answer = forecastScheme({
    asOf,
    seed: query.seed ?? FORECAST_SEED_DEFAULT,
    runs: FORECAST_RUNS_DEFAULT,
    kinds: [...kinds, ARRIVED_KIND],
    completed,
    steps: steps.map((step) => asKnownOn(step, asOf)),
    points: [
      ...mapped.flatMap((one) => one.point ?? []),
      ...milestones.flatMap((one) => one.points.map(({ point }) => point)),
    ],
  });
  const outlooks = new Map(answer.points.map((outlook) => [outlook.point, outlook]));
  return {
    scheme,
    at,
    asOf,
    by,
    seed: answer.seed,
    runs: answer.runs,
    completedSteps: completed.length,
    points: mapped.map(({ found, limits }) => viewOf(found, outlooks.get(found.id) ?? null, limits, by)),
    milestones: milestones.flatMap(({ scope, points: ahead }) =>
      ahead.map(({ point, milestone, labels }) => {
        const outlook = outlooks.get(point.id) ?? null;
        return viewOf({ id: point.id, labels, milestone, scope }, outlook, [], by);
      }),
    ),
  };
}

function viewOf(
  { id, labels, milestone, scope }: Pick<PointAt, 'id' | 'labels' | 'milestone' | 'scope'>,
  outlook: PointForecast | null,
  limits: readonly ForecastLimit[],
  by: CalendarDate | null,
): SyncPointForecast {
  return {
    point: id,
    labels,
    milestone,
    scope,
    outlook,
    limits,
    probabilityBy: outlook === null || by === null ? null : probabilityBy(outlook, by),
  };
}

/** Of a region in a zone further east it may be tomorrow already. */
function asKnownOn(step: ForecastStep, asOf: CalendarDate): ForecastStep {
  const { state } = step;
  return state.is === 'open' && state.since > asOf ? { ...step, state: { is: 'open', since: asOf } } : step;
}
