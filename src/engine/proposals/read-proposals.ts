import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findProposal, listProposalPage } from '../../store/proposal-store.js';
import type { ExpertRow, ReviewRow } from '../../store/review-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { evaluationOf, filesOf } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { findCallRecord } from './find-call-record.js';
import { viewOf, type ProposalView } from './proposal-view.js';

/** The proposals to a call after an id (null: from the first), the withdrawn ones included. @throws DomainError `call.not-found` */
export async function readProposals(
  deps: EngineDeps,
  query: CallRef & { readonly after: string | null; readonly limit: number },
): Promise<readonly ProposalView[]> {
  return deps.database.read(async (tx) => {
    const call = await findCallRecord(deps, tx, query);
    const rows = await listProposalPage(tx, { scheme: call.scheme, callKey: call.key }, query);
    return (await filesOf(tx, rows)).map((file) => viewOf(call, file));
  });
}

/** One proposal. @throws DomainError `call.not-found`, `proposal.not-found` */
export async function readProposal(
  deps: EngineDeps,
  query: CallRef & { readonly proposalId: string },
): Promise<ProposalView> {
  return deps.database.read(async (tx) => {
    const call = await findCallRecord(deps, tx, query);
    const row = await findProposal(tx, { scheme: call.scheme, callKey: call.key }, query.proposalId);
    const [file] = row === null ? [] : await filesOf(tx, [row]);
    if (file === undefined) throw new DomainError('proposal.not-found', { proposal: query.proposalId });
    return viewOf(call, file);
  });
}

/** An expert of a proposal, and what he or she has said of it. */
export interface ExpertView {
  readonly expert: ExpertRow;
  /** Null: nothing yet. */
  readonly review: ReviewRow | null;
  /** Why the review does not count; null: it does, or there is none. */
  readonly fault: ReturnType<typeof evaluationOf>['faults'][number]['fault'] | null;
}

/**
 * The experts of a proposal with their reviews: for the coordinator and the auditors alone.
 *
 * @throws DomainError `call.not-found`, `proposal.not-found`, `auth.role-forbidden`
 */
export async function readReviews(
  deps: EngineDeps,
  query: CallRef & { readonly actor: Actor; readonly proposalId: string },
): Promise<{ readonly version: number; readonly experts: readonly ExpertView[] }> {
  requireRole(query.actor, ['coordinator', 'auditor']);
  return deps.database.read(async (tx) => {
    const call = await findCallRecord(deps, tx, query);
    const row = await findProposal(tx, { scheme: call.scheme, callKey: call.key }, query.proposalId);
    const [file] = row === null ? [] : await filesOf(tx, [row]);
    if (file === undefined) throw new DomainError('proposal.not-found', { proposal: query.proposalId });
    const { faults } = evaluationOf(call, file);
    const experts = file.experts.map((expert) => {
      const review = file.reviews.find((each) => each.expert === expert.expert) ?? null;
      const fault =
        review === null ? null : (faults.find((each) => each.expert === expert.expert)?.fault ?? null);
      return { expert, review, fault };
    });
    return { version: file.row.version, experts };
  });
}
