import { addTaskComment, type TaskCommentRow } from '../../store/task-comment-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { findVisibleTask } from './find-visible-task.js';

/**
 * Says something about a task, whether it still waits or has ended; by everybody who finds it and does not only read.
 *
 * @throws DomainError `task.not-found`, `auth.role-forbidden`
 */
export async function commentTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string; readonly text: string },
): Promise<TaskCommentRow> {
  const { actor, taskId, text } = command;
  requireRole(actor, ['authority', 'coordinator', 'administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const task = await findVisibleTask(tx, actor, { taskId, at: now });
    const comment: TaskCommentRow = {
      id: deps.newId(),
      taskId: task.id,
      accountId: actor.id,
      accountName: actor.name,
      text,
      at: now,
    };
    addTaskComment(tx, comment);
    return comment;
  });
}
