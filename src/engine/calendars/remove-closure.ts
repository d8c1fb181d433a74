import { DomainError } from '../../core/terms/domain-error.js';
import { lockClosure, takeClosureBack, type ClosureRow } from '../../store/closure-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/**
 * Takes a closure back: the day counts again from now on. It stays on record for what was decided while it stood.
 *
 * @throws DomainError `auth.role-forbidden`, `closure.not-found`, also for one that was taken back before
 */
export async function removeClosure(
  deps: EngineDeps,
  command: CommandContext & { readonly closureId: string },
): Promise<ClosureRow> {
  requireRole(command.actor, ['administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const closure = await lockClosure(tx, command.closureId);
    if (closure === null || (closure.removedAt ?? null) !== null) {
      throw new DomainError('closure.not-found', { closure: command.closureId });
    }
    await takeClosureBack(tx, closure, { removedBy: command.actor.id, removedAt: now });
    return { ...closure };
  });
}
