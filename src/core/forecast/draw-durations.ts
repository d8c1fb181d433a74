import type { DurationModel } from './duration-model.js';
import { randomStream, type RandomStream } from './random-stream.js';
import { normalQuantile, normalUpperTail } from './standard-normal.js';

// As in random-stream: called millions of times.
const { exp, log, max, min, round, sqrt } = Math;

/** No step is simulated to take longer, in days: ten years, the length of a programming period and what follows it. */
export const DURATION_DAYS_MAX = 3_660;

/** How often a length that is shorter than what has gone by already is drawn anew before the last one is stretched. */
const ATTEMPTS_MAX = 50;

/** For whom and how often. */
export interface Draws {
  readonly seed: number;
  readonly runs: number;
  /** The stream of this step alone. */
  readonly step: string;
  /** The stream of what the models of all steps of this kind err in together. */
  readonly kind: string;
  /** Days that the step has taken so far without ending; null: it has not begun. */
  readonly elapsedDays: number | null;
}

/**
 * The whole length of a step in each run, in whole days, at least 1 and longer than `elapsedDays`.
 *
 * Each run first draws the centre and the spread from what the model leaves open, then the length: a model that rests on
 * little is wide. Models of one kind err in part together, so that the regions of a scheme are late together.
 */
export function drawDurations(model: DurationModel, draws: Draws): Int32Array {
  const own = randomStream(draws.seed, `step ${draws.step}`);
  const together = randomStream(draws.seed, `kind ${draws.kind}`);
  const elapsed = draws.elapsedDays;
  // A length of half a day more would be rounded up to the next.
  const logMin = elapsed === null ? null : log(elapsed + 0.5);
  return Int32Array.from({ length: draws.runs }, () => {
    const common = normalQuantile(together());
    const days = round(exp(drawLog(model, common, own, logMin)));
    return max((elapsed ?? 0) + 1, min(DURATION_DAYS_MAX, days));
  });
}

/** @param logMin what the logarithm has to exceed; null: nothing */
function drawLog(model: DurationModel, common: number, own: RandomStream, logMin: number | null): number {
  const { centre, weight, sharedPart, squares, freedom } = model;
  for (let attempt = 1; ; attempt += 1) {
    const spread = sqrt(squares / (2 * drawGamma(freedom / 2, own)));
    const apart = normalQuantile(own());
    const error = sqrt(sharedPart) * common + sqrt(1 - sharedPart) * apart;
    const mean = centre + (spread / sqrt(weight)) * error;
    if (logMin === null) return mean + spread * normalQuantile(own());

    // A centre is kept as often as it lets a step last so long: what has gone by speaks for the longer ones.
    const survives = normalUpperTail((logMin - mean) / spread);
    if (own() > survives && attempt < ATTEMPTS_MAX) continue;
    const tail = survives * own();
    return tail > 0 ? mean - spread * normalQuantile(tail) : logMin;
  }
}

/** Marsaglia and Tsang, ACM Transactions on Mathematical Software 26 (2000); `shape` at least 1, scale 1. */
function drawGamma(shape: number, random: RandomStream): number {
  const d = shape - 1 / 3;
  const c = 1 / sqrt(9 * d);
  for (;;) {
    const x = normalQuantile(random());
    const v = (1 + c * x) ** 3;
    if (v > 0 && log(random()) < (x * x) / 2 + d - d * v + d * log(v)) return d * v;
  }
}
