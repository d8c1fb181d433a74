import { toDayNumber, type CalendarDate } from '../calendar/calendar-date.js';
import { workingDaysBetween } from '../calendar/working-days.js';
import { DomainError } from '../terms/domain-error.js';
import type { StepKind } from './completed-step.js';
import { CALENDAR_DAYS, workingDayCounter, type DayCounter } from './day-counter.js';
import type { ForecastPoint, ForecastQuestion, ForecastStep } from './forecast-question.js';

/** Dates are day numbers here; `index` is the place in `steps` or `points`, and in every list of results. */
export interface NetworkStep {
  readonly index: number;
  readonly step: ForecastStep;
  readonly kind: StepKind;
  readonly counter: DayCounter;
  readonly before: readonly Place[];
  readonly notBefore: number;
  /** Null: it waits. */
  readonly since: number | null;
  /** Of an open step, in the days of its kind; null: it waits. */
  readonly elapsedDays: number | null;
  /** Null: not done. */
  readonly doneOn: number | null;
}

export interface NetworkPoint {
  readonly index: number;
  readonly point: ForecastPoint;
  /** In the order of its arrivals. */
  readonly steps: readonly number[];
  readonly members: readonly string[];
  readonly atLatest: number;
  /** Null: not released. */
  readonly releasedOn: number | null;
}

/** A step or a point, by its place. */
export type Place = { readonly step: number } | { readonly point: number };

/** Steps and points such that whatever comes before another is earlier in `order`. */
export interface Network {
  readonly asOf: number;
  readonly steps: readonly NetworkStep[];
  readonly points: readonly NetworkPoint[];
  readonly order: readonly Place[];
}

/**
 * Puts the steps and points in an order in which they can be calculated.
 *
 * @throws DomainError `definition.invalid` where an id is there twice, or a step, point, kind or calendar is named that
 *   is not there, or something waits for itself; `calendar.out-of-range` where a calendar does not cover the day of the
 *   forecast or the beginning of an open step
 */
export function compileNetwork(question: ForecastQuestion): Network {
  const places = placesOf(question);
  const kinds = new Map(question.kinds.map((kind) => [kind.id, kind]));
  const placeOf = (id: string, by: string): Place => places.get(id) ?? fail(`${by} names ${id}`, question);

  const steps = question.steps.map((step, index): NetworkStep => {
    const kind = kinds.get(step.kind) ?? fail(`${step.id} has no kind ${step.kind}`, question);
    const { state } = step;
    if (state.is === 'done' && state.on > question.asOf) fail(`${step.id} is done only later`, question);
    return {
      index,
      step,
      kind,
      counter: counterOf(step, kind, question),
      before: step.after.map((id) => placeOf(id, step.id)),
      notBefore: dayOr(step.notBefore, 0),
      since: state.is === 'open' ? toDayNumber(state.since) : null,
      elapsedDays: state.is === 'open' ? elapsedDays(step, state.since, kind, question) : null,
      doneOn: state.is === 'done' ? toDayNumber(state.on) : null,
    };
  });
  const points = question.points.map((point, index): NetworkPoint => {
    const stepOf = (id: string) => {
      const place = placeOf(id, point.id);
      return 'step' in place ? place.step : fail(`${id} is no step`, question);
    };
    return {
      index,
      point,
      steps: point.arrivals.map(({ step }) => stepOf(step)),
      members: point.arrivals.map(({ member }) => member),
      atLatest: dayOr(point.releasesAtLatestOn, Number.POSITIVE_INFINITY),
      releasedOn: point.releasedOn === null ? null : toDayNumber(point.releasedOn),
    };
  });
  const network = { asOf: toDayNumber(question.asOf), steps, points };
  return { ...network, order: orderOf(network, question) };
}

/** Whatever has to be known before the step or point at `place`. */
export function predecessorsOf(
  { steps, points }: Pick<Network, 'steps' | 'points'>,
  place: Place,
): readonly Place[] {
  if ('step' in place) return steps[place.step]?.before ?? [];
  return (points[place.point]?.steps ?? []).map((step) => ({ step }));
}

function placesOf({ steps, points, asOf }: ForecastQuestion): ReadonlyMap<string, Place> {
  const all: (readonly [string, Place])[] = [
    ...steps.map(({ id }, step) => [id, { step }] as const),
    ...points.map(({ id }, point) => [id, { point }] as const),
  ];
  const places = new Map(all);
  if (places.size === all.length) return places;
  const twice = all.find(([id], index) => all.findIndex(([other]) => other === id) !== index);
  return fail(`${twice?.[0]} is there twice`, { asOf });
}

function counterOf(step: ForecastStep, { counts }: StepKind, question: ForecastQuestion): DayCounter {
  if (counts === 'calendar-days') return CALENDAR_DAYS;
  if (step.calendar === null) return fail(`${step.id} counts working days of no calendar`, question);
  // Asked once for the day of the forecast, so that a calendar that has run out is an error and not a late date.
  workingDaysBetween(step.calendar, question.asOf, question.asOf);
  return workingDayCounter(step.calendar);
}

function elapsedDays(
  { calendar, id }: ForecastStep,
  since: CalendarDate,
  { counts }: StepKind,
  question: ForecastQuestion,
): number {
  const { asOf } = question;
  if (since > asOf) return fail(`${id} is open since ${since}, after the day of the forecast`, question);
  return counts === 'working-days' && calendar !== null
    ? workingDaysBetween(calendar, since, asOf)
    : toDayNumber(asOf) - toDayNumber(since);
}

/** Depth first, in the order in which they are written down. */
function orderOf(network: Omit<Network, 'order'>, question: ForecastQuestion): readonly Place[] {
  const order: Place[] = [];
  const seen = new Map<string, 'begun' | 'ended'>();
  const visit = (place: Place): void => {
    const key = 'step' in place ? `step ${place.step}` : `point ${place.point}`;
    const state = seen.get(key);
    if (state === 'ended') return;
    if (state === 'begun') return fail(`${key} waits for itself`, question);
    seen.set(key, 'begun');
    predecessorsOf(network, place).forEach(visit);
    seen.set(key, 'ended');
    order.push(place);
  };
  network.steps.forEach((_, step) => visit({ step }));
  network.points.forEach((_, point) => visit({ point }));
  return order;
}

function dayOr(date: CalendarDate | null, otherwise: number): number {
  return date === null ? otherwise : toDayNumber(date);
}

function fail(reason: string, { asOf }: Pick<ForecastQuestion, 'asOf'>): never {
  throw new DomainError('definition.invalid', { forecastAsOf: asOf, reason });
}
