import { DomainError } from '../../core/terms/domain-error.js';
import { addEligibility, changeEligibility, changeProposal } from '../../store/proposal-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { openCallDesk, requireCallStage, settleCall, type CallDesk } from './call-desk.js';
import { partnersOf, regionsOf, type ProposalFile } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { judgeProposal } from './judge-proposal.js';
import { proposalView, type ProposalView } from './proposal-view.js';
import { requireOwnPart } from '../access/require-own-part.js';
import { fileOf } from './file-of.js';

/** What a region says against the rules, and why. */
export interface Overrule {
  readonly result: 'eligible' | 'ineligible';
  readonly reason: string;
}

/**
 * A region checks its partners of a proposal: the rules of its annex are asked again, and its authority lets what they
 * say stand, or overrules them with a reason. What the rules cannot answer it has to settle itself. Until the ranking is
 * approved it may check again.
 *
 * @param command.overrule null: the rules stand
 * @throws DomainError `call.not-found`, `proposal.not-found`, `version.stale` (of the proposal), `region.not-leading` for
 *   another region's part, `call.not-possible` before the call is open or after it is ranked, `proposal.not-possible` with
 *   the reason, `auth.role-forbidden`
 */
export async function checkEligibility(
  deps: EngineDeps,
  command: CommandContext &
    CallRef & {
      readonly proposalId: string;
      readonly region: string;
      readonly overrule: Overrule | null;
    },
): Promise<ProposalView> {
  const { actor, region, overrule } = command;
  requireRole(actor, ['authority', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, { ...command, expectedVersion: null }, now);
    requireOwnPart(actor, region);
    requireCallStage(desk, ['open', 'closed', 'evaluated']);
    const file = fileOf(desk, command.proposalId, command.expectedVersion);
    refuseUnlessOpen(desk, file, region);
    const { joint, regions } = judgeProposal(desk, partnersOf(file.row));
    const judged = regions.get(region);
    if (judged === undefined) throw new DomainError('internal', { region, proposal: file.row.id });
    const row =
      file.eligibility.find((each) => each.region === region) ??
      addEligibility(tx, { proposalId: file.row.id, region, judged, judgedAt: now });
    const before = {
      checkedBy: row.checkedBy ?? null,
      result: row.judged.result,
      overruled: row.overruled ?? null,
    };
    await changeEligibility(tx, row, {
      judged,
      judgedAt: now,
      checkedBy: actor.id,
      checkedAt: now,
      overruled: overrule?.result ?? null,
      reason: overrule?.reason ?? null,
    });
    await changeProposal(tx, file.row, { joint });
    await settleCall(deps, tx, desk, [
      {
        change: 'eligibility-checked',
        proposal: file.row.id,
        region,
        before,
        after: { checkedBy: actor.id, result: judged.result, overruled: overrule?.result ?? null },
        reason: overrule?.reason ?? null,
      },
    ]);
    return proposalView(tx, desk.call, file.row);
  });
}

function refuseUnlessOpen({ call, dossier }: CallDesk, { row }: ProposalFile, region: string): void {
  const reason =
    row.status !== 'submitted'
      ? 'It was withdrawn.'
      : !regionsOf(call, row).includes(region)
        ? `It has no partner from ${region}, or ${region} does not take part in the call.`
        : dossier.ranking !== null
          ? 'The ranking is approved.'
          : dossier.evaluations.some((each) => each.region === region)
            ? `${region} has finished its evaluation.`
            : null;
  if (reason !== null) throw new DomainError('proposal.not-possible', { reason });
}
