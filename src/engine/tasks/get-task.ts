import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { accountRoleFor } from '../../core/terms/role.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { findTask, lockTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';

/**
 * An open task, locked until the transaction ends, for somebody who may work on it: an authority on those of
 * its region that are not the coordinator's or the administrator's, a coordinator on every one.
 *
 * @throws DomainError `task.not-found`, `task.not-open`, `auth.role-forbidden`, `version.stale`
 */
export async function getTaskForWork(
  tx: Tx,
  actor: Actor,
  request: { readonly taskId: string; readonly expectedVersion: number | null },
): Promise<TaskRow> {
  const task = await lockTask(tx, request.taskId);
  if (task === null || (actor.region !== null && task.region !== actor.region)) {
    throw new DomainError('task.not-found', { task: request.taskId });
  }
  const role = accountRoleFor(task.owner);
  requireRole(
    actor,
    role === 'administrator'
      ? ['administrator', 'system']
      : ['coordinator', 'system', ...(role === 'authority' ? (['authority'] as const) : [])],
  );
  if (request.expectedVersion !== null && request.expectedVersion !== task.version) {
    throw new DomainError('version.stale', { expected: request.expectedVersion, current: task.version });
  }
  if (task.status !== 'open' && task.status !== 'claimed') {
    throw new DomainError('task.not-open', { task: task.id, status: task.status });
  }
  return task;
}

/**
 * The cycle of a task, locked. Everybody locks the cycle first and its tasks after it, so that no two commands
 * can wait for each other.
 *
 * @throws DomainError `task.not-found`
 */
export async function lockCycleOfTask(tx: Tx, taskId: string): Promise<CycleRow> {
  const task = await findTask(tx, taskId);
  const cycle = task === null ? null : await lockCycle(tx, task.cycleId);
  if (cycle === null) throw new DomainError('task.not-found', { task: taskId });
  return cycle;
}
