import type { Evidence } from './completed-step.js';

/** How much the evidence counts beside completed steps of the region itself, which count one each. Proposals, all of them. */
export interface EvidenceWeights {
  /** The target time, as if it had been kept so many times. */
  readonly target: number;
  /** Target and completed steps of peers together at most: however many they are, they are not the region. */
  readonly othersMax: number;
  /** How sure the spread below is, in completed steps. */
  readonly spread: number;
  /** Standard deviation of the logarithm; with 0.3 two thirds of the cases take 0.74 to 1.35 times as long as the median. */
  readonly spreadOfLog: number;
}

export const EVIDENCE_WEIGHTS: EvidenceWeights = { target: 1, othersMax: 3, spread: 4, spreadOfLog: 0.3 };

/**
 * How long a step takes: the logarithm of its days is normal, with a centre and a spread that are themselves not
 * exactly known.
 */
export interface DurationModel {
  /** Mean of the logarithm of the days. */
  readonly centre: number;
  /** On how many completed steps of its own the centre rests. */
  readonly weight: number;
  /** The part of the centre's variance that all regions have in common, 0 to 1: there they err together. */
  readonly sharedPart: number;
  /** Sum of squares of the logarithm, and on how many completed steps it rests. */
  readonly squares: number;
  readonly freedom: number;
}

const DAYS_MIN = 1;

/**
 * Mixes the evidence for the length of a step, the region's own history first, then its peers, then the target:
 * - every completed step of a peer counts one, and so does the target;
 * - beside the region's own steps, which count one each, all of that counts as three at most;
 * - it counts less where the own history contradicts it, by `2 / (1 + d * d)` with `d` the distance of the two means in
 *   standard deviations: a region that is always slower than all others is believed.
 *
 * So the target decides where nothing has happened yet, a few steps of peers drown it, and from the fourth step of its own
 * on the region's history outweighs both. The spread is that of its own steps around their mean, of the peers' around
 * theirs, and of `spreadOfLog`, which counts as four steps.
 *
 * @param targetDays in the days of the kind; null: no target
 * @returns null where there is neither target nor history: nothing can be said
 */
export function estimateDuration(
  { own, peers }: Evidence,
  targetDays: number | null,
  weights: EvidenceWeights,
): DurationModel | null {
  const ownLogs = own.map(({ days }) => logOf(days));
  const peerLogs = peers.map(({ days }) => logOf(days));
  const targetLogs = targetDays === null ? [] : [logOf(targetDays)];
  const spread = {
    squares: weights.spread * weights.spreadOfLog ** 2 + squares(ownLogs) + squares(peerLogs),
    freedom: weights.spread + freedom(ownLogs) + freedom(peerLogs),
  };

  const othersWeight = peerLogs.length + weights.target * targetLogs.length;
  if (othersWeight === 0) {
    if (ownLogs.length === 0) return null;
    return { ...spread, centre: mean(ownLogs), weight: ownLogs.length, sharedPart: 0 };
  }
  const others = (sum(peerLogs) + weights.target * sum(targetLogs)) / othersWeight;
  const othersMax = Math.min(weights.othersMax, othersWeight);
  const othersCounted = othersMax * agreement(ownLogs, others, othersMax, spread.squares / spread.freedom);
  const weight = ownLogs.length + othersCounted;
  return {
    ...spread,
    centre: (sum(ownLogs) + othersCounted * others) / weight,
    weight,
    // The others err together by 1 / othersWeight; what is cut off at othersMax is how each region differs from them.
    sharedPart: othersCounted ** 2 / (othersWeight * weight),
  };
}

/**
 * How far the others speak for the region, 1 where it has no history that could contradict them: one step of fitting a
 * Cauchy prior, which gives way to an observation that lies far out (a normal one would pull it back by half for ever).
 */
function agreement(
  ownLogs: readonly number[],
  others: number,
  othersWeight: number,
  variance: number,
): number {
  if (ownLogs.length === 0) return 1;
  const distance = (mean(ownLogs) - others) ** 2 / (variance * (1 / ownLogs.length + 1 / othersWeight));
  return Math.min(1, 2 / (1 + distance));
}

/** Around their own mean: that one region is slower than another is no spread of either. */
function squares(logs: readonly number[]): number {
  const centre = mean(logs);
  return sum(logs.map((log) => (log - centre) ** 2));
}

/** The mean is taken from the same steps, which costs one of them. */
function freedom(logs: readonly number[]): number {
  return Math.max(0, logs.length - 1);
}

function logOf(days: number): number {
  return Math.log(Math.max(DAYS_MIN, days));
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
