import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskPriority, type TaskRow } from '../../store/task-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { lockCycleOfTask } from './get-task.js';
import { lockWaitingTask } from './lock-waiting-task.js';

/**
 * Says how urgent a task is; saying the same again changes nothing.
 *
 * @throws DomainError `auth.role-forbidden`, `task.not-found`, `task.not-open`, `version.stale`
 */
export async function prioritiseTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string; readonly priority: TaskPriority },
): Promise<TaskRow> {
  const { actor, priority } = command;
  requireRole(actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await lockWaitingTask(tx, command);
    const before = task.priority;
    if (before === priority) return { ...task };
    await changeTask(tx, task, { priority });
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: { task: task.id, change: 'prioritised', reference: task.reference, priority, before },
    });
    return { ...task };
  });
}
