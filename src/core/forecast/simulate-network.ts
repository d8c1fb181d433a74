import { NEVER } from './day-counter.js';
import type { Network, NetworkPoint, NetworkStep, Place } from './compile-network.js';

// As in random-stream: called millions of times.
const { max, min } = Math;

/** What came out, by step or point and run: day numbers, `NEVER` where it does not come. */
export interface Outcome {
  readonly runs: number;
  /** When a step began; of one that is open or done, the day of the forecast at the earliest. */
  readonly begins: readonly Int32Array[];
  readonly ends: readonly Int32Array[];
  readonly releases: readonly Int32Array[];
  /** Of a point, the place of the arrival with which it was released; -1 where none was. */
  readonly last: readonly Int32Array[];
}

/** `runs` times the whole network is played through; durations are those of whole steps, in the days of their kind. */
export function simulateNetwork(network: Network, durations: readonly Int32Array[], runs: number): Outcome {
  const table = (rows: readonly unknown[]) => rows.map(() => new Int32Array(runs));
  const outcome: Outcome = {
    runs,
    begins: table(network.steps),
    ends: table(network.steps),
    releases: table(network.points),
    last: table(network.points),
  };
  // By place and then by run: each step's calendar and lists are looked at once, not once a run.
  for (const place of network.order) {
    if ('step' in place) simulateStep(network, place, durations, outcome);
    else simulatePoint(network, place, outcome);
  }
  return outcome;
}

function simulateStep(
  network: Network,
  { step: index }: Extract<Place, { readonly step: number }>,
  durations: readonly Int32Array[],
  outcome: Outcome,
): void {
  const [step, begins, ends] = [network.steps[index], outcome.begins[index], outcome.ends[index]];
  if (step === undefined || begins === undefined || ends === undefined) return;
  if (step.doneOn !== null) {
    begins.fill(network.asOf);
    ends.fill(step.doneOn);
    return;
  }
  const length = durations[index];
  for (let run = 0; run < outcome.runs; run += 1) {
    const begin = step.since === null ? beginOf(step, network.asOf, outcome, run) : network.asOf;
    begins[run] = begin;
    const days = length?.[run];
    ends[run] = days === undefined ? NEVER : min(NEVER, step.counter.after(step.since ?? begin, days));
  }
}

function beginOf(step: NetworkStep, asOf: number, outcome: Outcome, run: number): number {
  let begin = max(asOf, step.notBefore);
  for (const place of step.before) begin = max(begin, dayOf(outcome, place, run));
  return begin;
}

function simulatePoint(
  network: Network,
  { point: index }: Extract<Place, { readonly point: number }>,
  outcome: Outcome,
): void {
  const [point, releases, last] = [network.points[index], outcome.releases[index], outcome.last[index]];
  if (point === undefined || releases === undefined || last === undefined) return;
  for (let run = 0; run < outcome.runs; run += 1) {
    const arrival = point.releasedOn === null ? lastNeeded(point, outcome, run) : null;
    const day = arrival?.day ?? NEVER;
    const isByRule = arrival !== null && day <= point.atLatest;
    releases[run] = point.releasedOn ?? min(day, point.atLatest);
    last[run] = isByRule ? arrival.place : -1;
  }
}

/** The arrival with which the rule first holds; null where it does not hold even with all that ever arrive. */
function lastNeeded(
  { steps, members, point }: NetworkPoint,
  outcome: Outcome,
  run: number,
): { readonly place: number; readonly day: number } | null {
  const arrivals = steps
    .map((step, place) => ({ place, day: dayOf(outcome, { step }, run) }))
    .filter(({ day }) => day !== NEVER)
    .toSorted((one, other) => one.day - other.day || one.place - other.place);
  const arrived = arrivals.map(({ place }) => members[place] ?? '');
  // One more arrival never undoes it, so halving finds the first; asking each would be the square of the members.
  let [tooFew, enough] = [0, arrivals.length + 1];
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >>> 1;
    if (point.holds(arrived.slice(0, middle))) enough = middle;
    else tooFew = middle;
  }
  return arrivals[enough - 1] ?? null;
}

function dayOf({ ends, releases }: Outcome, place: Place, run: number): number {
  return ('step' in place ? ends[place.step]?.[run] : releases[place.point]?.[run]) ?? NEVER;
}
