import { DomainError } from '../../core/terms/domain-error.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { openCallDesk, settleCall } from './call-desk.js';
import { readDossier } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { fundProjects } from './fund-projects.js';
import { projectsView, type ProjectsView } from './projects-view.js';

/**
 * Goes along the ranking once more, after a region has promised more: what can be paid now is funded. What is funded
 * already stays.
 *
 * @throws DomainError `call.not-found`, `version.stale` (of the cycle), `ranking.not-found`, `cycle.ended`,
 *   `auth.role-forbidden`
 */
export async function fundRanking(
  deps: EngineDeps,
  command: CommandContext & CallRef,
): Promise<ProjectsView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, command, now);
    if (desk.dossier.ranking === null) throw new DomainError('ranking.not-found', { call: command.key });
    const changes = await fundProjects(tx, desk.call, desk.dossier);
    if (changes.length > 0) await settleCall(deps, tx, desk, changes);
    return projectsView(desk.call, desk.cycle, await readDossier(tx, desk.call));
  });
}
