import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { accountRoleFor } from '../../core/terms/role.js';
import { findTask, type TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** One task, if this person would find it in `readTasks`. @throws DomainError `task.not-found` */
export async function readTask(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly taskId: string },
): Promise<TaskRow> {
  const { actor, taskId } = query;
  const task = await deps.database.read((tx) => findTask(tx, taskId));
  const hidden =
    task !== null &&
    actor.region !== null &&
    (task.region !== actor.region || accountRoleFor(task.owner) !== 'authority');
  if (task === null || hidden) throw new DomainError('task.not-found', { task: taskId });
  return task;
}
