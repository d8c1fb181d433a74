import type { Partner } from '../../core/calls/consortium.js';
import { evaluateProposal, type Evaluation, type Review } from '../../core/calls/evaluation.js';
import { parseMoney } from '../../core/calls/money.js';
import type { EligibilityWord } from '../../core/calls/judge-eligibility.js';
import {
  findRanking,
  listCallDecisions,
  listProjects,
  type CallDecisionRow,
  type ProjectRow,
  type RankingRow,
} from '../../store/award-store.js';
import {
  listEligibility,
  listProposals,
  type EligibilityRow,
  type ProposalRow,
} from '../../store/proposal-store.js';
import {
  listEvaluations,
  listExperts,
  listReviews,
  type EvaluationRow,
  type ExpertRow,
  type ReviewRow,
} from '../../store/review-store.js';
import type { Tx } from '../../store/tx.js';
import { isInCall, type CallRecord } from './call-record.js';

/** All that is known of one proposal before the ranking. */
export interface ProposalFile {
  readonly row: ProposalRow;
  readonly eligibility: readonly EligibilityRow[];
  readonly experts: readonly ExpertRow[];
  readonly reviews: readonly ReviewRow[];
}

/** All that is known of the proposals to a call. */
export interface Dossier {
  /** In the order of submission, the withdrawn ones included. */
  readonly files: readonly ProposalFile[];
  readonly evaluations: readonly EvaluationRow[];
  readonly ranking: RankingRow | null;
  /** In the order of the ranking; empty before it. */
  readonly projects: readonly ProjectRow[];
  readonly decisions: readonly CallDecisionRow[];
}

export async function readDossier(tx: Tx, call: Pick<CallRecord, 'scheme' | 'key'>): Promise<Dossier> {
  await tx.flush();
  const place = { scheme: call.scheme, callKey: call.key };
  const rows = await listProposals(tx, place);
  const projects = await listProjects(tx, place);
  return {
    files: await filesOf(tx, rows),
    evaluations: await listEvaluations(tx, place),
    ranking: await findRanking(tx, place),
    projects,
    decisions: await listCallDecisions(
      tx,
      projects.map(({ proposalId }) => proposalId),
    ),
  };
}

/** The files of some proposals, in their order. */
export async function filesOf(tx: Tx, rows: readonly ProposalRow[]): Promise<readonly ProposalFile[]> {
  const ids = rows.map(({ id }) => id);
  const eligibility = await listEligibility(tx, ids);
  const experts = await listExperts(tx, ids);
  const reviews = await listReviews(tx, ids);
  const own = <Row extends { readonly proposalId: string }>(all: readonly Row[], id: string): Row[] =>
    all.filter(({ proposalId }) => proposalId === id);
  return rows.map((row) => ({
    row,
    eligibility: own(eligibility, row.id),
    experts: own(experts, row.id),
    reviews: own(reviews, row.id),
  }));
}

export function partnersOf({ partners }: Pick<ProposalRow, 'partners'>): readonly Partner[] {
  return partners.map(({ organisation, region, kind, requested, currency }) => ({
    organisation,
    region,
    kind,
    requested: parseMoney(requested, currency),
  }));
}

/** The regions of a proposal that are in the call, in the order of its partners. */
export function regionsOf(call: CallRecord, { partners }: Pick<ProposalRow, 'partners'>): readonly string[] {
  return [...new Set(partners.map(({ region }) => region))].filter((region) => isInCall(call, region));
}

/** What a region says of its partners: its authority's word, else that of the rules. */
export function wordOf({ overruled, judged }: EligibilityRow): EligibilityWord {
  return overruled ?? judged.result;
}

/**
 * Whether a proposal is eligible: by the call's own rules and in every one of its regions. `unknown`, too, while a region
 * has not checked what the rules say.
 */
export function eligibilityOf(call: CallRecord, { row, eligibility }: ProposalFile): EligibilityWord {
  if (row.joint.result === 'ineligible') return 'ineligible';
  const words = regionsOf(call, row).map((region): EligibilityWord => {
    const found = eligibility.find((each) => each.region === region);
    if (found === undefined) return 'unknown';
    return (found.checkedBy ?? null) === null ? 'unknown' : wordOf(found);
  });
  if (words.includes('ineligible')) return 'ineligible';
  return row.joint.result === 'unknown' || words.includes('unknown') ? 'unknown' : 'eligible';
}

/** The reviews as they are judged: of an expert who has named a conflict the declaration does not stand. */
export function reviewsOf({ experts, reviews }: Pick<ProposalFile, 'experts' | 'reviews'>): Review[] {
  return reviews.map(({ expert, scores }) => {
    const found = experts.find((each) => each.expert === expert);
    return {
      expert,
      region: found?.region ?? null,
      declaredOn: found === undefined || found.hasConflict ? null : (found.declaredOn ?? null),
      scores,
    };
  });
}

/** Judges the reviews of a proposal; all its applicants count, those of regions that have left as well. */
export function evaluationOf(call: CallRecord, file: ProposalFile): Evaluation {
  const applicants = file.row.partners.map(({ region }) => region);
  return evaluateProposal(reviewsOf(file), applicants, call.scoring, call.rules);
}

/** Experts who may judge a proposal: declared, without a conflict, from no region with an applicant. */
export function independentExperts({ row, experts }: ProposalFile): readonly ExpertRow[] {
  return experts.filter(
    ({ declaredOn, hasConflict, region }) =>
      (declaredOn ?? null) !== null &&
      !hasConflict &&
      !row.partners.some((partner) => partner.region === (region ?? null)),
  );
}

/** Whether every expert who may judge has, and enough of them. */
export function isEvaluated(call: CallRecord, file: ProposalFile): boolean {
  const reviewed = new Set(file.reviews.map(({ expert }) => expert));
  return (
    evaluationOf(call, file).consensus !== null &&
    independentExperts(file).every(({ expert }) => reviewed.has(expert))
  );
}
