import { CRITERIA, type Scores } from '../../core/calls/evaluation.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { changeProposal } from '../../store/proposal-store.js';
import { putReview, type ExpertRow } from '../../store/review-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { openCallDesk, requireCallStage, settleCall, type CallDesk } from './call-desk.js';
import { eligibilityOf, type ProposalFile } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { proposalView, type ProposalView } from './proposal-view.js';
import { fileOf, requireUnranked } from './file-of.js';

/** What an expert says of a proposal. */
export interface NewReview {
  readonly expert: string;
  readonly scores: Scores;
  /** For the coordinator and the auditors alone; null: none. */
  readonly comments: string | null;
}

/**
 * Records an expert's review after the common deadline, or anew until the ranking is approved. The history of the call
 * tells that it came, not what it says.
 *
 * @throws DomainError `call.not-found`, `proposal.not-found`, `version.stale` (of the proposal), `call.not-possible` while
 *   the call is not closed, `expert.unknown`, `expert.conflict` without a signed declaration or with a conflict,
 *   `proposal.invalid` for a score outside the scale, `proposal.not-possible` for one that is withdrawn, ineligible or
 *   ranked, `auth.role-forbidden`
 */
export async function submitReview(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly proposalId: string; readonly review: NewReview },
): Promise<ProposalView> {
  const { actor, review } = command;
  requireRole(actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, { ...command, expectedVersion: null }, now);
    requireCallStage(desk, ['closed', 'evaluated']);
    const file = fileOf(desk, command.proposalId, command.expectedVersion);
    requireUnranked(desk, file);
    if (eligibilityOf(desk.call, file) === 'ineligible') {
      throw new DomainError('proposal.not-possible', { reason: 'It is not eligible.' });
    }
    requireIndependent(file, review.expert);
    checkScores(desk, review.scores);
    const before = file.reviews.find(({ expert }) => expert === review.expert);
    await putReview(tx, before, {
      proposalId: file.row.id,
      expert: review.expert,
      scores: review.scores,
      comments: review.comments,
      recordedBy: actor.id,
      recordedAt: now,
    });
    await changeProposal(tx, file.row, {});
    await settleCall(deps, tx, desk, [
      {
        change: before === undefined ? 'review-recorded' : 'review-changed',
        proposal: file.row.id,
        expert: review.expert,
        before: null,
        after: null,
      },
    ]);
    return proposalView(tx, desk.call, file.row);
  });
}

function requireIndependent({ experts }: ProposalFile, expert: string): ExpertRow {
  const found = experts.find((each) => each.expert === expert);
  if (found === undefined) throw new DomainError('expert.unknown', { pointer: '/expert', expert });
  const reason = found.hasConflict
    ? 'The expert has named a conflict of interest.'
    : (found.declaredOn ?? null) === null
      ? 'The declaration is not signed yet.'
      : null;
  if (reason !== null) throw new DomainError('expert.conflict', { pointer: '/expert', reason });
  return found;
}

function checkScores({ call }: CallDesk, scores: Scores): void {
  const { least, most } = call.scoring.scale;
  for (const criterion of CRITERIA) {
    const score = scores[criterion];
    if (score >= least && score <= most) continue;
    throw new DomainError('proposal.invalid', {
      pointer: `/scores/${criterion}`,
      reason: `A score lies between ${least} and ${most}.`,
    });
  }
}
