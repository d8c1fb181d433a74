import type { Network, Place } from './compile-network.js';
import { NEVER } from './day-counter.js';
import type { Outcome } from './simulate-network.js';

// As in random-stream: called millions of times.
const { max } = Math;

/** How much the release of a point hangs on one step. */
export interface Criticality {
  /** Place of the step in the network. */
  readonly step: number;
  /** In how many runs, of those in which the point was released by its rule, the release waited for it. */
  readonly runs: number;
  /** Days, over all runs, that the release waited for it and nothing else. */
  readonly days: number;
}

/**
 * What the release of a point waits for: from the arrival that was the last one needed back to the day of the forecast,
 * in each run along whatever came last. The days of all steps together are the days to the release, but for waiting
 * for a fixed day.
 *
 * @returns steps with more days first, of equals the earlier in the network; steps that nothing waited for are left out
 */
export function criticalSteps(network: Network, outcome: Outcome, point: number): readonly Criticality[] {
  const runs = new Int32Array(network.steps.length);
  const days = new Float64Array(network.steps.length);
  for (let run = 0; run < outcome.runs; run += 1) {
    let place: Place | null = { point };
    while (place !== null) {
      if ('step' in place) {
        const spent = daysIn(network, outcome, place.step, run);
        if (spent <= 0) break;
        runs[place.step] = (runs[place.step] ?? 0) + 1;
        days[place.step] = (days[place.step] ?? 0) + spent;
      }
      place = waitedFor(network, outcome, place, run);
    }
  }
  return network.steps
    .map(({ index }) => ({ step: index, runs: runs[index] ?? 0, days: days[index] ?? 0 }))
    .filter((step) => step.runs > 0)
    .toSorted((one, other) => other.days - one.days || one.step - other.step);
}

/** How often each arrival of a point was the last one needed, in the order of its arrivals. */
export function lastArrivals(network: Network, outcome: Outcome, point: number): readonly number[] {
  const counts = (network.points[point]?.members ?? []).map(() => 0);
  for (const place of outcome.last[point] ?? []) {
    const count = counts[place];
    if (count !== undefined) counts[place] = count + 1;
  }
  return counts;
}

/** Calendar days after the day of the forecast; 0 where it was done before. */
function daysIn({ asOf }: Network, { begins, ends }: Outcome, step: number, run: number): number {
  const end = ends[step]?.[run] ?? NEVER;
  return end === NEVER ? 0 : end - max(asOf, begins[step]?.[run] ?? asOf);
}

/** What came last of all that had to come before; null where that was the day of the forecast or a fixed day. */
function waitedFor(network: Network, outcome: Outcome, place: Place, run: number): Place | null {
  if ('point' in place) {
    const arrival = outcome.last[place.point]?.[run] ?? -1;
    const step = network.points[place.point]?.steps[arrival];
    return step === undefined ? null : { step };
  }
  const step = network.steps[place.step];
  const begin = outcome.begins[place.step]?.[run] ?? network.asOf;
  if (step === undefined || step.since !== null || begin <= network.asOf) return null;
  return (
    step.before.find(
      (before) =>
        ('step' in before ? outcome.ends[before.step] : outcome.releases[before.point])?.[run] === begin,
    ) ?? null
  );
}
