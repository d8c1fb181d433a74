import type { Actor } from '../../core/terms/actor.js';
import type { TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { findVisibleTask } from './find-visible-task.js';

/** One task, if this person would find it in `readTasks`. @throws DomainError `task.not-found` */
export async function readTask(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly taskId: string },
): Promise<TaskRow> {
  return deps.database.read(async (tx) =>
    findVisibleTask(tx, query.actor, { taskId: query.taskId, at: await deps.clock.now(tx) }),
  );
}
