import { DomainError } from '../../core/terms/domain-error.js';
import type { TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { assignTask } from './assign-task.js';
import { getTaskAtHand, holdsTask, isCoordinating, lockCycleOfTask } from './get-task.js';

/**
 * Gives a task back, so that whoever may can take it: by the assignee, whoever stands in for them, or a coordinator.
 *
 * @throws DomainError `task.not-claimed`, `task.not-yours`, and everything that `getTaskAtHand` refuses
 */
export async function releaseTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const { actor } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const found = await getTaskAtHand(tx, actor, { ...command, at: now });
    const { task } = found;
    if (task.status !== 'claimed') throw new DomainError('task.not-claimed', { task: task.id });
    if (!holdsTask(found) && !isCoordinating(actor))
      throw new DomainError('task.not-yours', { task: task.id });
    await assignTask(tx, { cycle, task, actor, at: now, change: 'released', to: null });
    return { ...task };
  });
}
