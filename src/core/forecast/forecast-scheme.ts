import { fromDayNumber } from '../calendar/calendar-date.js';
import { DomainError } from '../terms/domain-error.js';
import {
  compileNetwork,
  predecessorsOf,
  type Network,
  type NetworkStep,
  type Place,
} from './compile-network.js';
import { evidenceFor, type CompletedStep } from './completed-step.js';
import { criticalSteps } from './critical-path.js';
import { drawDurations } from './draw-durations.js';
import { estimateDuration, EVIDENCE_WEIGHTS } from './duration-model.js';
import type { Forecast, PointForecast } from './forecast-answer.js';
import { FORECAST_RUNS_DEFAULT, FORECAST_RUNS_MAX, type ForecastQuestion } from './forecast-question.js';
import { reachablePoints } from './reachable-points.js';
import { simulateNetwork, type Outcome } from './simulate-network.js';
import { summariseReleases } from './summarise-releases.js';

/** For how many steps of each point it is tried what a week is worth; each costs a whole simulation. */
export const GAINS_PER_POINT = 3;

/** Durations of a step by run; null: nothing is known of how long it takes. */
type Durations = readonly (Int32Array | null)[];

/**
 * Looks ahead: when each sync point and each milestone of a call will come, with which probability, and on whom it hangs.
 *
 * The future is played through `runs` times. Each time every step that is not done takes a length drawn from its model
 * (`estimateDuration`), longer than what has gone by of it; steps begin when everything before them is there, points
 * are released when their rule first holds. What a week is worth is the same futures again, with that step a week
 * shorter: nothing else differs, so the difference is the week's own. Steps that are sent back or suspended are in it
 * only as far as they made the completed ones longer.
 *
 * @throws DomainError `definition.invalid`, `calendar.out-of-range` as `compileNetwork`; the former for runs that are
 *   not a whole number from 1 to `FORECAST_RUNS_MAX`, too
 */
export function forecastScheme(question: ForecastQuestion): Forecast {
  const { asOf, seed, runs = FORECAST_RUNS_DEFAULT } = question;
  if (!Number.isInteger(runs) || runs < 1 || runs > FORECAST_RUNS_MAX) {
    throw new DomainError('definition.invalid', { reason: `${runs} runs`, runsMax: FORECAST_RUNS_MAX });
  }
  const network = compileNetwork(question);
  const durations = network.steps.map((step) => durationsOf(step, question, runs));
  const outcome = simulateNetwork(network, known(durations), runs);
  const weekShorter = new Map<number, Outcome>();
  const reachable = reachablePoints(network);

  const points = network.points.map(({ index, point, releasedOn }): PointForecast => {
    const { id, call } = point;
    if (releasedOn !== null) return { kind: 'released', point: id, call, on: fromDayNumber(releasedOn) };
    if (!reachable.has(index)) return { kind: 'unreachable', point: id, call };
    const before = stepsBefore(network, index);
    const lacking = before.filter((step) => step.doneOn === null && durations[step.index] === null);
    if (lacking.length > 0) {
      const kinds = [...new Set(lacking.map(({ kind }) => kind.id))].toSorted();
      return { kind: 'unknown', point: id, call, lacking: kinds };
    }
    const critical = criticalSteps(network, outcome, index);
    for (const { step } of critical.slice(0, GAINS_PER_POINT)) {
      if (weekShorter.has(step)) continue;
      weekShorter.set(step, simulateNetwork(network, aWeekLess(network, durations, step), runs));
    }
    return summariseReleases(network, {
      outcome,
      point: index,
      critical,
      weekShorter,
      completedSteps: countCompleted(before, question.completed),
    });
  });
  return { asOf, seed, runs, points };
}

function durationsOf(
  { step, kind, doneOn, elapsedDays }: NetworkStep,
  question: ForecastQuestion,
  runs: number,
) {
  if (doneOn !== null) return null;
  const { completed, weights = EVIDENCE_WEIGHTS, seed } = question;
  const model = estimateDuration(evidenceFor(step, completed), kind.targetDays, weights);
  return model && drawDurations(model, { seed, runs, step: step.id, kind: kind.id, elapsedDays });
}

/** A step without a duration never ends. */
function known(durations: Durations): readonly Int32Array[] {
  return durations.map((days) => days ?? new Int32Array(0));
}

/** The same lengths, but of one step a week less, as far as it has not gone by already. */
function aWeekLess(network: Network, durations: Durations, index: number): readonly Int32Array[] {
  const step = network.steps[index];
  const week = step?.counter.daysPerWeek ?? 0;
  const daysMin = (step?.elapsedDays ?? 0) + 1;
  return known(durations).map((days, at) =>
    at === index ? days.map((length) => Math.max(daysMin, length - week)) : days,
  );
}

/** Every step on which a point depends, near and far, in the order of the network. */
function stepsBefore(network: Network, point: number): readonly NetworkStep[] {
  const steps = new Set<number>();
  const ahead: Place[] = [{ point }];
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    for (const before of predecessorsOf(network, place)) {
      if ('step' in before && steps.has(before.step)) continue;
      if ('step' in before) steps.add(before.step);
      // What lies before a released point or a step that has begun decides nothing any more.
      if (!isSettled(network, before)) ahead.push(before);
    }
  }
  return network.steps.filter(({ index }) => steps.has(index));
}

function isSettled({ steps, points }: Network, place: Place): boolean {
  return 'step' in place
    ? steps[place.step]?.step.state.is !== 'waiting'
    : points[place.point]?.releasedOn !== null;
}

/** Completed steps that speak for a step still to be done; each once, whomever it speaks for. */
function countCompleted(steps: readonly NetworkStep[], completed: readonly CompletedStep[]): number {
  const counted = new Set<CompletedStep>();
  for (const { step, doneOn } of steps) {
    if (doneOn !== null) continue;
    const { own, peers } = evidenceFor(step, completed);
    for (const one of [...own, ...peers]) counted.add(one);
  }
  return counted.size;
}
