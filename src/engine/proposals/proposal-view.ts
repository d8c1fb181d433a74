import type { EligibilityWord } from '../../core/calls/judge-eligibility.js';
import type { Evaluation } from '../../core/calls/evaluation.js';
import type { ProposalRow } from '../../store/proposal-store.js';
import type { Tx } from '../../store/tx.js';
import type { CallRecord } from './call-record.js';
import {
  eligibilityOf,
  evaluationOf,
  filesOf,
  independentExperts,
  isEvaluated,
  regionsOf,
  wordOf,
  type ProposalFile,
} from './dossier.js';

/** What one region says of a proposal. */
export interface RegionalEligibility {
  readonly region: string;
  /** What counts; `unknown` until its authority has checked it. */
  readonly result: EligibilityWord;
  readonly judged: ProposalFile['eligibility'][number]['judged'];
  readonly checkedBy: string | null;
  readonly checkedAt: string | null;
  readonly overruled: 'eligible' | 'ineligible' | null;
  readonly reason: string | null;
  /** Whether the region is in the call; the word of one that has left is kept, and does not count. */
  readonly isIn: boolean;
}

/** A proposal as everybody in the scheme may see it: without what its experts have said. */
export interface ProposalView {
  readonly id: string;
  readonly scheme: string;
  readonly callKey: string;
  readonly title: string;
  readonly acronym: string;
  readonly status: ProposalRow['status'];
  readonly submittedAt: string;
  readonly submittedBy: string;
  readonly withdrawnAt: string | null;
  readonly partners: ProposalRow['partners'];
  readonly eligibility: {
    readonly result: EligibilityWord;
    readonly joint: ProposalRow['joint'];
    readonly regions: readonly RegionalEligibility[];
  };
  readonly evaluation: {
    readonly experts: number;
    readonly reviews: number;
    /** How many independent reviews are lacking. */
    readonly lacking: number;
    readonly isFinished: boolean;
  };
  readonly version: number;
}

export async function proposalView(tx: Tx, call: CallRecord, row: ProposalRow): Promise<ProposalView> {
  await tx.flush();
  const [file] = await filesOf(tx, [row]);
  return viewOf(call, file ?? { row, eligibility: [], experts: [], reviews: [] });
}

/** Plain JSON: it is kept with the idempotency key. */
export function viewOf(call: CallRecord, file: ProposalFile): ProposalView {
  const { row } = file;
  const evaluation: Evaluation = evaluationOf(call, file);
  const present = regionsOf(call, row);
  return {
    id: row.id,
    scheme: row.scheme,
    callKey: row.callKey,
    title: row.title,
    acronym: row.acronym,
    status: row.status,
    submittedAt: row.submittedAt,
    submittedBy: row.submittedBy,
    withdrawnAt: row.withdrawnAt ?? null,
    partners: row.partners,
    eligibility: {
      result: eligibilityOf(call, file),
      joint: row.joint,
      regions: file.eligibility.map((each) => ({
        region: each.region,
        result: (each.checkedBy ?? null) === null ? 'unknown' : wordOf(each),
        judged: each.judged,
        checkedBy: each.checkedBy ?? null,
        checkedAt: each.checkedAt ?? null,
        overruled: each.overruled ?? null,
        reason: each.reason ?? null,
        isIn: present.includes(each.region),
      })),
    },
    evaluation: {
      experts: independentExperts(file).length,
      reviews: file.reviews.length,
      lacking: evaluation.lacking,
      isFinished: isEvaluated(call, file),
    },
    version: row.version,
  };
}
