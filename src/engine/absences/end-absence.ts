import { DomainError } from '../../core/terms/domain-error.js';
import { endAbsenceNow, lockAbsence, type AbsenceRow } from '../../store/absence-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/**
 * Ends an absence before its time, from now on; ending it again keeps the first time. Everybody ends their own,
 * coordinators and administrators anybody's.
 *
 * @throws DomainError `absence.not-found` for another person's absence as well; `auth.role-forbidden`
 */
export async function endAbsence(
  deps: EngineDeps,
  command: CommandContext & { readonly absenceId: string },
): Promise<AbsenceRow> {
  const { actor } = command;
  requireRole(actor, ['authority', 'coordinator', 'administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const absence = await lockAbsence(tx, command.absenceId);
    if (absence === null || (actor.role === 'authority' && absence.accountId !== actor.id)) {
      throw new DomainError('absence.not-found', { absence: command.absenceId });
    }
    if ((absence.endedAt ?? null) === null) await endAbsenceNow(tx, absence, now);
    return { ...absence };
  });
}
