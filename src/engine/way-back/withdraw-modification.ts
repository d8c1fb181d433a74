import { changeModification, type ModificationRow } from '../../store/modification-store.js';
import { requirePermission } from '../access/require-permission.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getModification } from './get-modification.js';

/** Takes back a proposal that nobody has signed. Errors: `auth.role-forbidden`, and those of `getModification`. */
export async function withdrawModification(
  deps: EngineDeps,
  command: CommandContext & { readonly cycleId: string; readonly modificationId: string },
): Promise<ModificationRow> {
  requirePermission(command.actor, 'cycle.modify');
  return runCommand(deps, command, async (tx, now) => {
    const { modification } = await getModification(tx, command);
    await changeModification(tx, modification, { withdrawnAt: now });
    return { ...modification };
  });
}
