import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { changeProject } from '../../store/award-store.js';
import { changeProposal } from '../../store/proposal-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { arriveDecided, awaitingRegions } from './arrive-decided.js';
import { openCallDesk, settleCall, type CallChange } from './call-desk.js';
import { fileOf } from './file-of.js';
import type { CallRef } from '../calls/find-call.js';
import { fundProjects } from './fund-projects.js';
import { proposalView, type ProposalView } from './proposal-view.js';

/**
 * The consortium takes its proposal back; the ranking, if there is one, stays as it was approved, and the money that was
 * set aside goes to the next. Again: changes nothing.
 *
 * @throws DomainError `call.not-found`, `proposal.not-found`, `version.stale` (of the proposal), `cycle.ended`,
 *   `proposal.not-possible` for a project whose start is set or a consortium without a partner from the authority's region
 */
export async function withdrawProposal(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly proposalId: string; readonly reason: string | null },
): Promise<ProposalView> {
  requireRole(command.actor, ['coordinator', 'authority', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, { ...command, expectedVersion: null }, now);
    const { row } = fileOf(desk, command.proposalId, command.expectedVersion);
    requirePartner(command.actor, row.partners);
    if (row.status === 'withdrawn') return proposalView(tx, desk.call, row);
    const project = desk.dossier.projects.find(({ proposalId }) => proposalId === row.id);
    if ((project?.startOn ?? null) !== null) {
      throw new DomainError('proposal.not-possible', { reason: 'The start of the project is set.' });
    }
    await changeProposal(tx, row, { status: 'withdrawn', withdrawnAt: now });
    const changes: CallChange[] = [
      {
        change: 'proposal-withdrawn',
        proposal: row.id,
        reason: command.reason,
        before: 'submitted',
        after: 'withdrawn',
      },
    ];
    const awaited = awaitingRegions(desk.call, desk.dossier);
    if (project !== undefined && project.status !== 'dropped') {
      const before = project.status;
      await changeProject(tx, project, {
        status: 'dropped',
        grants: [],
        unpaidBy: [],
        droppedReason: 'withdrawn',
      });
      changes.push({
        change: 'project-dropped',
        proposal: row.id,
        reason: 'withdrawn',
        before,
        after: 'dropped',
      });
      changes.push(...(await fundProjects(tx, desk.call, desk.dossier)));
    }
    await settleCall(deps, tx, desk, changes);
    await arriveDecided(deps, tx, desk, awaited);
    return proposalView(tx, desk.call, row);
  });
}

function requirePartner({ region }: Actor, partners: readonly { readonly region: string }[]): void {
  if (region === null || partners.some((partner) => partner.region === region)) return;
  throw new DomainError('proposal.not-possible', { reason: `The consortium has no partner from ${region}.` });
}
