import type { CalendarDate } from '../calendar/calendar-date.js';
import { fromNumber, plus, ratio, times, ZERO, type Rational } from '../logic/rational.js';
import { callError } from './call-error.js';
import type { CallRules } from './call-rules.js';

/** What a proposal is judged by (ERA-NET Cofund, by ERA-LEARN). */
export const CRITERIA = ['excellence', 'impact', 'implementation'] as const;

export type Criterion = (typeof CRITERIA)[number];

/** One number per criterion. */
export type Scores<Value = number> = Readonly<Record<Criterion, Value>>;

/** One expert's opinion of a proposal. */
export interface Review {
  /** Account or register id; no name. */
  readonly expert: string;
  /** NUTS code of where the expert works; null outside the scheme. */
  readonly region: string | null;
  /** The day on which the expert declared to be free of conflicts of interest; null: not signed. */
  readonly declaredOn: CalendarDate | null;
  /** Decimals as written, within the scale. */
  readonly scores: Scores;
}

/** How the opinions become one. */
export interface ScoringRules {
  readonly scale: { readonly least: number; readonly most: number };
  /** What each criterion counts; not negative, not all zero. */
  readonly weights: Scores;
  /** Below any of these a proposal is not ranked; null: no such bar. */
  readonly thresholds: { readonly criteria: Scores | null; readonly total: number | null };
}

/** Why a review does not count. */
export type ReviewFault = 'expert.twice' | 'expert.undeclared' | 'expert.from-applicant-region';

/** What the reviews of a proposal come to. */
export interface Evaluation {
  /** Experts whose review counts, in the order of the reviews. */
  readonly experts: readonly string[];
  readonly faults: readonly { readonly expert: string; readonly fault: ReviewFault }[];
  /** How many experts are lacking for R25; 0 if none. */
  readonly lacking: number;
  /** Exact; null while experts are lacking. */
  readonly consensus: { readonly criteria: Scores<Rational>; readonly total: Rational } | null;
}

/**
 * Judges the reviews of a proposal by R25: at least so many independent experts, each with a signed declaration, none
 * from a region with an applicant in it. A review that breaks this is left out and named. The consensus is the mean of
 * the reviews that count per criterion, and the weighted mean of these; nothing is rounded.
 *
 * @param applicantRegions NUTS codes of the partners
 * @throws DomainError `definition.invalid` with the reason `review.invalid` for a score outside the scale or weights that
 *   cannot be used
 */
export function evaluateProposal(
  reviews: readonly Review[],
  applicantRegions: readonly string[],
  scoring: ScoringRules,
  { experts: expertsMin }: Pick<CallRules, 'experts'>,
): Evaluation {
  checkScores(reviews, scoring);
  const judged = reviews.map((review, index) => {
    return { review, fault: faultOf(review, reviews.slice(0, index), applicantRegions) };
  });
  const counted = judged.filter(({ fault }) => fault === null).map(({ review }) => review);
  const lacking = Math.max(0, expertsMin - counted.length);
  return {
    experts: counted.map(({ expert }) => expert),
    faults: judged.flatMap(({ review, fault }) => (fault === null ? [] : [{ expert: review.expert, fault }])),
    lacking,
    consensus: lacking > 0 || counted.length === 0 ? null : consensusOf(counted, scoring),
  };
}

function faultOf(
  { expert, region, declaredOn }: Review,
  before: readonly Review[],
  applicantRegions: readonly string[],
): ReviewFault | null {
  if (before.some((other) => other.expert === expert)) return 'expert.twice';
  if (declaredOn === null) return 'expert.undeclared';
  return region !== null && applicantRegions.includes(region) ? 'expert.from-applicant-region' : null;
}

function consensusOf(reviews: readonly Review[], { weights }: ScoringRules): Evaluation['consensus'] {
  const share = ratio(1n, BigInt(reviews.length));
  const mean = (criterion: Criterion): Rational =>
    times(
      share,
      reviews.reduce((sum, { scores }) => plus(sum, fromNumber(scores[criterion])), ZERO),
    );
  const criteria = {
    excellence: mean('excellence'),
    impact: mean('impact'),
    implementation: mean('implementation'),
  };
  const whole = CRITERIA.reduce((sum, criterion) => plus(sum, fromNumber(weights[criterion])), ZERO);
  const weighed = CRITERIA.reduce(
    (sum, criterion) => plus(sum, times(fromNumber(weights[criterion]), criteria[criterion])),
    ZERO,
  );
  return { criteria, total: times(weighed, ratio(whole.denominator, whole.numerator)) };
}

function checkScores(reviews: readonly Review[], { scale, weights }: ScoringRules): void {
  const all = CRITERIA.map((criterion) => weights[criterion]);
  if (all.some((weight) => !Number.isFinite(weight) || weight < 0) || all.every((weight) => weight === 0)) {
    throw callError('review.invalid', { weights });
  }
  for (const { expert, scores } of reviews) {
    for (const criterion of CRITERIA) {
      const score = scores[criterion];
      if (!(score >= scale.least && score <= scale.most)) {
        throw callError('review.invalid', { expert, criterion, score });
      }
    }
  }
}
