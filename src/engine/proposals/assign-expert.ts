import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { addExpert, changeExpert } from '../../store/review-store.js';
import { changeProposal } from '../../store/proposal-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { openCallDesk, requireCallStage, settleCall, type CallDesk } from './call-desk.js';
import type { ProposalFile } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { proposalView, type ProposalView } from './proposal-view.js';
import { fileOf, requireUnranked } from './file-of.js';

/** Most experts of one proposal. */
export const EXPERTS_MAX = 50;

/** An expert, and what he or she has declared. */
export interface ExpertDeclaration {
  /** Account or register id; no name. */
  readonly expert: string;
  /** NUTS code of where the expert works; null: outside the scheme. */
  readonly region: string | null;
  /** The day of the signed declaration; null: it is still to come, and no review is taken before. */
  readonly declaredOn: CalendarDate | null;
  /** The expert has named a conflict of interest. */
  readonly hasConflict: boolean;
}

/**
 * Assigns an expert to a proposal, or notes a declaration that has come later. One who names a conflict afterwards stays
 * on record, and what he or she has said does not count any more (R25).
 *
 * @throws DomainError `call.not-found`, `proposal.not-found`, `version.stale` (of the proposal), `expert.conflict` for one
 *   from a region with an applicant in the proposal or with a conflict of interest, `region.not-found`,
 *   `date.in-the-future`, `call.not-possible`, `proposal.not-possible`, `auth.role-forbidden`
 */
export async function assignExpert(
  deps: EngineDeps,
  command: CommandContext &
    CallRef & { readonly proposalId: string; readonly declaration: ExpertDeclaration },
): Promise<ProposalView> {
  const { actor, declaration } = command;
  requireRole(actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, { ...command, expectedVersion: null }, now);
    requireCallStage(desk, ['open', 'closed', 'evaluated']);
    const file = fileOf(desk, command.proposalId, command.expectedVersion);
    requireUnranked(desk, file);
    checkDeclaration(desk, file, declaration);
    const { expert, region, declaredOn, hasConflict } = declaration;
    const found = file.experts.find((each) => each.expert === expert);
    if (found === undefined) {
      addExpert(tx, {
        proposalId: file.row.id,
        expert,
        region,
        declaredOn,
        hasConflict: false,
        assignedBy: actor.id,
        assignedAt: now,
      });
    }
    const before =
      found === undefined ? null : { declaredOn: found.declaredOn ?? null, hasConflict: found.hasConflict };
    if (found !== undefined) await changeExpert(tx, found, { region, declaredOn, hasConflict });
    await changeProposal(tx, file.row, {});
    await settleCall(deps, tx, desk, [
      {
        change: 'expert-assigned',
        proposal: file.row.id,
        expert,
        region,
        before,
        after: { declaredOn, hasConflict },
      },
    ]);
    return proposalView(tx, desk.call, file.row);
  });
}

function checkDeclaration(
  { picture }: CallDesk,
  { row, experts }: ProposalFile,
  { expert, region, declaredOn, hasConflict }: ExpertDeclaration,
): void {
  if (region !== null && !picture.regions.some(({ nuts }) => nuts === region)) {
    throw new DomainError('region.not-found', { pointer: '/region', region });
  }
  if (declaredOn !== null && declaredOn > picture.today) {
    throw new DomainError('date.in-the-future', { pointer: '/declaredOn' });
  }
  const isKnown = experts.some((each) => each.expert === expert);
  if (region !== null && row.partners.some((partner) => partner.region === region)) {
    throw new DomainError('expert.conflict', {
      pointer: '/region',
      reason: `The proposal has an applicant from ${region}.`,
    });
  }
  if (hasConflict && !isKnown) {
    throw new DomainError('expert.conflict', {
      pointer: '/hasConflict',
      reason: 'The expert has named a conflict of interest.',
    });
  }
  if (!isKnown && experts.length >= EXPERTS_MAX) {
    throw new DomainError('proposal.not-possible', {
      reason: `A proposal has at most ${EXPERTS_MAX} experts.`,
    });
  }
}
