import {
  addModification,
  type ModificationKind,
  type ModificationRow,
} from '../../store/modification-store.js';
import { getCycleForChange } from '../access/get-cycle.js';
import { requirePermission } from '../access/require-permission.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { judgeModification } from './judge-modification.js';

/**
 * Proposes to skip or to repeat a step of one cycle. Nothing happens until somebody else has signed.
 *
 * @throws DomainError `auth.role-forbidden`, `cycle.not-found`, `version.stale`, and what `judgeModification` refuses
 */
export async function proposeModification(
  deps: EngineDeps,
  command: CommandContext & {
    readonly cycleId: string;
    readonly kind: ModificationKind;
    readonly task: string;
    readonly reason: string;
  },
): Promise<ModificationRow> {
  const { actor, cycleId, kind, task, reason } = command;
  requirePermission(actor, 'cycle.modify');
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await getCycleForChange(tx, actor, cycleId, command.expectedVersion);
    await judgeModification(tx, await takePicture(deps, tx, cycle, now), { kind, task });
    const proposed = { id: deps.newId(), cycleId, kind, task, reason, proposedBy: actor.id, proposedAt: now };
    const row = addModification(tx, proposed);
    await tx.flush();
    return { ...row };
  });
}
