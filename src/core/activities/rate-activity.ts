import { z } from 'zod';
import { SCORE_MAX, SCORE_MIN, type TransformativeActivity } from './transformative-activity.js';

const SCORES = ['capacity', 'opportunity', 'relatedness'] as const;

type Score = (typeof SCORES)[number];

/** The thresholds of the rating; rule R12 of the domain guide proposes 3, 3.5 and 3. */
export const ratingParametersSchema = z.strictObject({
  /** Each of the three scores at least. */
  scoreMin: z.number().min(SCORE_MIN).max(SCORE_MAX),
  /** The mean of the three at least. */
  meanMin: z.number().min(SCORE_MIN).max(SCORE_MAX),
  linkedProjectsMin: z.int().min(0),
  source: z.string().min(1),
});

export type RatingParameters = Readonly<z.infer<typeof ratingParametersSchema>>;

/** One condition of the rating that does not hold, or cannot be told. */
export type RatingObjection =
  | { readonly code: 'score-missing'; readonly score: Score }
  | { readonly code: 'score-low'; readonly score: Score; readonly value: number; readonly min: number }
  | { readonly code: 'mean-low'; readonly mean: number; readonly min: number }
  | { readonly code: 'projects-few'; readonly count: number; readonly min: number };

export interface Rating {
  /** `unknown`: a score is missing and could still decide; one condition that fails for certain is enough to fail. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** Of the three scores; null while one is missing. */
  readonly mean: number | null;
  /** Empty exactly if the verdict is `pass`. */
  readonly objections: readonly RatingObjection[];
}

/**
 * Whether a candidate is more than a project and less than a sector: capacity, opportunity and relatedness are all
 * shown, and several projects are linked.
 *
 * Source: https://arodes.hes-so.ch/record/2759, phase I (what is assessed); the thresholds are data.
 */
export function rateActivity(
  activity: Pick<TransformativeActivity, Score | 'linkedProjects'>,
  { scoreMin, meanMin, linkedProjectsMin }: RatingParameters,
): Rating {
  const missing = SCORES.filter((score) => activity[score] === null);
  const known = SCORES.flatMap((score) => {
    const value = activity[score];
    return value === null ? [] : [{ score, value }];
  });
  const sum = known.reduce((total, { value }) => total + value, 0);
  // What is missing may still turn out as high as the scale goes.
  const meanAtBest = (sum + missing.length * SCORE_MAX) / SCORES.length;
  const projects = activity.linkedProjects.length;

  const failures: RatingObjection[] = [
    ...known
      .filter(({ value }) => value < scoreMin)
      .map(({ score, value }) => ({ code: 'score-low' as const, score, value, min: scoreMin })),
    ...(meanAtBest < meanMin ? [{ code: 'mean-low' as const, mean: meanAtBest, min: meanMin }] : []),
    ...(projects < linkedProjectsMin
      ? [{ code: 'projects-few' as const, count: projects, min: linkedProjectsMin }]
      : []),
  ];
  const gaps = missing.map((score) => ({ code: 'score-missing' as const, score }));
  return {
    verdict: failures.length > 0 ? 'fail' : gaps.length > 0 ? 'unknown' : 'pass',
    mean: missing.length === 0 ? sum / SCORES.length : null,
    objections: [...failures, ...gaps],
  };
}
