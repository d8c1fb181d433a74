import { DomainError } from '../../core/terms/domain-error.js';
import { markRetried } from '../../store/dead-letter-store.js';
import { resendEffect } from '../../store/outbox-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/** Sends a dead effect once more. @throws DomainError `dead-letter.not-found` when none waits under this id */
export async function retryDeadLetter(
  deps: EngineDeps,
  command: CommandContext & { readonly effectId: string },
): Promise<{ readonly effectId: string }> {
  requireRole(command.actor, ['administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    if (!(await markRetried(tx, command.effectId, now))) {
      throw new DomainError('dead-letter.not-found', { effect: command.effectId });
    }
    await resendEffect(tx, command.effectId);
    return { effectId: command.effectId };
  });
}
