import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { isCommonStartAllowed } from '../../core/calls/call-rules.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { changeProject } from '../../store/award-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { decidedDays } from './call-facts.js';
import { openCallDesk, requireCallStage, settleCall } from './call-desk.js';
import { readDossier } from './dossier.js';
import type { CallRef } from '../calls/find-call.js';
import { projectFiles, standingOf } from './project-file.js';
import { projectsView, type ProjectsView } from './projects-view.js';

/**
 * Sets the day on which every project that is ready starts, in all of its regions (R27): the first of a month, long enough
 * after the last of their decisions. A project that waits or is blocked gets none, and holds up no other.
 *
 * @throws DomainError `call.not-found`, `version.stale` (of the cycle), `ranking.not-found`, `start.not-allowed` with the
 *   reason, `call.not-possible`, `auth.role-forbidden`
 */
export async function setCommonStart(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly startOn: CalendarDate },
): Promise<ProjectsView> {
  const { actor, startOn } = command;
  requireRole(actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const desk = await openCallDesk(deps, tx, command, now);
    const { ranking } = desk.dossier;
    if (ranking === null) throw new DomainError('ranking.not-found', { call: command.key });
    requireCallStage(desk, ['ranked', 'decided']);
    const ready = projectFiles(desk.dossier).filter(
      (file) => standingOf(desk.call, ranking, file, desk.picture.today).kind === 'ready',
    );
    if (ready.length === 0) refuse('No project is ready: every region has to fund it first.');
    const { startDaysOfMonth, startGapDays } = desk.call.rules;
    if (!isCommonStartAllowed(startOn, ready.flatMap(decidedDays), desk.call.rules)) {
      refuse(
        `A project starts on day ${startDaysOfMonth.join(' or ')} of a month, at least ${startGapDays} days after the last decision.`,
      );
    }
    for (const { project } of ready) await changeProject(tx, project, { startOn });
    await settleCall(deps, tx, desk, [
      {
        change: 'start-set',
        before: null,
        after: { startOn, projects: ready.map(({ project }) => project.proposalId) },
      },
    ]);
    return projectsView(desk.call, desk.cycle, await readDossier(tx, desk.call));
  });
}

function refuse(reason: string): never {
  throw new DomainError('start.not-allowed', { pointer: '/startOn', reason });
}
