import { evidenceFor, type CompletedStep, type StepKind } from './completed-step.js';
import { drawDurations } from './draw-durations.js';
import { estimateDuration, EVIDENCE_WEIGHTS } from './duration-model.js';

/** Enough that the median of another thousand would differ by less than a day in fifty. */
const DRAWS = 1_001;

/** Whose step it is, and how long it has taken so far. */
export interface MedianQuestion {
  readonly step: Pick<CompletedStep, 'region' | 'class'>;
  readonly kind: StepKind;
  readonly completed: readonly CompletedStep[];
  /** In the days of the kind; null: it has not begun. */
  readonly elapsedDays: number | null;
  readonly seed: number;
}

/**
 * How long a step takes in the middle of all futures, its whole length in the days of its kind; of one that has begun,
 * among the futures in which it has lasted so long.
 *
 * @returns null where there is neither target nor history
 */
export function medianDuration(question: MedianQuestion): number | null {
  const { step, kind, completed, elapsedDays, seed } = question;
  const evidence = evidenceFor({ ...step, kind: kind.id }, completed);
  const model = estimateDuration(evidence, kind.targetDays, EVIDENCE_WEIGHTS);
  if (model === null) return null;
  const draws = { seed, runs: DRAWS, step: `${step.region}/${kind.id}`, kind: kind.id, elapsedDays };
  return drawDurations(model, draws).toSorted()[(DRAWS - 1) / 2] ?? null;
}
