import { DomainError } from '../../core/terms/domain-error.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getTaskForWork, lockCycleOfTask } from './get-task.js';

/**
 * Takes a task for oneself; taking it again changes nothing.
 *
 * @throws DomainError `task.claimed-by-another`, and everything that `getTaskForWork` refuses
 */
export async function claimTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await getTaskForWork(tx, command.actor, command);
    if (task.assignee === command.actor.id) return { ...task };
    if (task.status === 'claimed') throw new DomainError('task.claimed-by-another', { task: task.id });
    await changeTask(tx, task, { status: 'claimed', assignee: command.actor.id });
    await appendLog(tx, cycle, {
      kind: 'task',
      actor: command.actor,
      at: now,
      details: { task: task.id, change: 'claimed', reference: task.reference },
    });
    return { ...task };
  });
}
