import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { findTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { substitutionsOf } from '../absences/substitutions.js';
import { maySee } from './may-see.js';

/** A task, for somebody who finds it (see `maySee`); not locked. @throws DomainError `task.not-found` */
export async function findVisibleTask(
  tx: Tx,
  actor: Actor,
  request: { readonly taskId: string; readonly at: Instant },
): Promise<TaskRow> {
  const task = await findTask(tx, request.taskId);
  if (task === null || !maySee(actor, task, await substitutionsOf(tx, actor, request.at))) {
    throw new DomainError('task.not-found', { task: request.taskId });
  }
  return task;
}
