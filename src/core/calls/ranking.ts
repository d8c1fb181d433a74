import { compareRational, fromNumber } from '../logic/rational.js';
import type { Request } from './commitments.js';
import { CRITERIA, evaluateProposal, type Evaluation, type Review, type ScoringRules } from './evaluation.js';
import type { CallRules } from './call-rules.js';

/** A consortium's application to a joint call. */
export interface Proposal {
  readonly id: string;
  /** What its partners ask for, together per region; each region once. */
  readonly requests: readonly Request[];
  readonly reviews: readonly Review[];
}

/**
 * What decides between two proposals, in this order: the total, the criteria one by one, more regions in the consortium
 * (what a joint call is for), and the id, so that the order is the same on every machine.
 */
export const TIE_BREAKS = ['total', ...CRITERIA, 'regions', 'id'] as const;

export type TieBreak = (typeof TIE_BREAKS)[number];

export interface RankedProposal {
  readonly proposal: Proposal;
  /** From 1. */
  readonly rank: number;
  /** What puts it behind the one before; null for the first. `id`: nothing but the order of names does. */
  readonly decidedBy: TieBreak | null;
  readonly evaluation: Evaluation & { readonly consensus: NonNullable<Evaluation['consensus']> };
}

export interface UnrankedProposal {
  readonly proposal: Proposal;
  /** `experts-lacking`: R25 does not hold, a ranking has to wait for it. `below-threshold`: evaluated, not good enough. */
  readonly reason: 'experts-lacking' | 'below-threshold';
  readonly evaluation: Evaluation;
}

/** The one joint ranking of a call. */
export interface Ranking {
  readonly ranked: readonly RankedProposal[];
  /** By id. */
  readonly unranked: readonly UnrankedProposal[];
}

/**
 * Evaluates all proposals and puts them in order. Scores are compared exactly: two that differ by a third of a hundredth
 * are not equal. The order in which proposals are given does not matter.
 *
 * @throws DomainError as `evaluateProposal`
 */
export function rankProposals(
  proposals: readonly Proposal[],
  scoring: ScoringRules,
  rules: Pick<CallRules, 'experts'>,
): Ranking {
  const ranked: Omit<RankedProposal, 'rank' | 'decidedBy'>[] = [];
  const unranked: UnrankedProposal[] = [];
  for (const proposal of proposals) {
    const regions = proposal.requests.map(({ region }) => region);
    const evaluation = evaluateProposal(proposal.reviews, regions, scoring, rules);
    const { consensus } = evaluation;
    if (consensus === null) unranked.push({ proposal, reason: 'experts-lacking', evaluation });
    else if (!passes(consensus, scoring)) unranked.push({ proposal, reason: 'below-threshold', evaluation });
    else ranked.push({ proposal, evaluation: { ...evaluation, consensus } });
  }
  const inOrder = ranked.toSorted((one, other) => difference(one, other).sign);
  return {
    ranked: inOrder.map((each, index) => {
      const before = inOrder[index - 1];
      return {
        ...each,
        rank: index + 1,
        decidedBy: before === undefined ? null : difference(before, each).by,
      };
    }),
    unranked: unranked.toSorted((one, other) => compareText(one.proposal.id, other.proposal.id)),
  };
}

type Candidate = Omit<RankedProposal, 'rank' | 'decidedBy'>;

/** Below 0 if `one` comes before `other`, and by what. */
function difference(one: Candidate, other: Candidate): { readonly sign: number; readonly by: TieBreak } {
  for (const by of TIE_BREAKS) {
    const sign = compareBy(by, one, other);
    if (sign !== 0) return { sign, by };
  }
  return { sign: 0, by: 'id' };
}

function compareBy(by: TieBreak, one: Candidate, other: Candidate): number {
  const [mine, theirs] = [one.evaluation.consensus, other.evaluation.consensus];
  switch (by) {
    case 'total':
      return compareRational(theirs.total, mine.total);
    case 'regions':
      return other.proposal.requests.length - one.proposal.requests.length;
    case 'id':
      return compareText(one.proposal.id, other.proposal.id);
    default:
      return compareRational(theirs.criteria[by], mine.criteria[by]);
  }
}

function passes(
  { criteria, total }: RankedProposal['evaluation']['consensus'],
  { thresholds }: ScoringRules,
): boolean {
  const bars = thresholds.criteria;
  const areHigh =
    bars === null ||
    CRITERIA.every((criterion) => compareRational(criteria[criterion], fromNumber(bars[criterion])) >= 0);
  return areHigh && (thresholds.total === null || compareRational(total, fromNumber(thresholds.total)) >= 0);
}

/** By code units. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
