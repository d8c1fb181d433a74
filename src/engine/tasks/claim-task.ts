import { DomainError } from '../../core/terms/domain-error.js';
import type { TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { assignTask } from './assign-task.js';
import { getTaskAtHand, holdsTask, lockCycleOfTask } from './get-task.js';
import { holdLivingAccount } from './hold-living-account.js';

/**
 * Takes a task for oneself; taking it again changes nothing, nor does taking what is in the hands of somebody for
 * whom one stands in: it can be worked on as it is.
 *
 * @throws DomainError `task.claimed-by-another`, `account.not-found` and `account.disabled` (one's own), and
 *   everything that `getTaskAtHand` refuses
 */
export async function claimTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const { actor } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const found = await getTaskAtHand(tx, actor, { ...command, at: now });
    const { task } = found;
    if (holdsTask(found)) return { ...task };
    if (task.status === 'claimed') throw new DomainError('task.claimed-by-another', { task: task.id });
    const { id } = await holdLivingAccount(tx, actor.id);
    await assignTask(tx, { cycle, task, actor, at: now, change: 'claimed', to: id });
    return { ...task };
  });
}
