import { DomainError } from '../../core/terms/domain-error.js';
import { accountRoleFor } from '../../core/terms/role.js';
import { findAccount } from '../../store/account-store.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getTaskForWork, lockCycleOfTask } from './get-task.js';

/**
 * Hands a task to another account that could work on it itself: of the same region, or of the task's role.
 *
 * @throws DomainError `task.delegate-unknown` for an account that does not exist, is disabled, is oneself, or
 *   could not do the task; and everything that `getTaskForWork` refuses
 */
export async function delegateTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string; readonly to: string; readonly note: string | null },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await getTaskForWork(tx, command.actor, command);
    const delegate = await findAccount(tx, command.to);
    const fits =
      delegate !== null &&
      (delegate.disabledAt ?? null) === null &&
      delegate.id !== command.actor.id &&
      delegate.role === accountRoleFor(task.owner) &&
      ((delegate.region ?? null) === null || delegate.region === task.region);
    if (!fits) throw new DomainError('task.delegate-unknown', { pointer: '/to', account: command.to });
    await changeTask(tx, task, { status: 'claimed', assignee: delegate.id });
    await appendLog(tx, cycle, {
      kind: 'task',
      actor: command.actor,
      at: now,
      details: {
        task: task.id,
        change: 'delegated',
        reference: task.reference,
        to: delegate.id,
        note: command.note,
      },
    });
    return { ...task };
  });
}
