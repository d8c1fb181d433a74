import type { Actor } from '../../core/terms/actor.js';
import {
  listTaskComments,
  type TaskCommentPage,
  type TaskCommentRow,
} from '../../store/task-comment-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { findVisibleTask } from './find-visible-task.js';

/** What was said about a task, the oldest first, for everybody who finds it. @throws DomainError `task.not-found` */
export async function readTaskComments(
  deps: EngineDeps,
  query: { readonly actor: Actor } & TaskCommentPage,
): Promise<readonly TaskCommentRow[]> {
  const { actor, ...page } = query;
  return deps.database.read(async (tx) => {
    await findVisibleTask(tx, actor, { taskId: page.taskId, at: await deps.clock.now(tx) });
    return listTaskComments(tx, page);
  });
}
