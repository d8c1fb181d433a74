import { DomainError } from '../../core/terms/domain-error.js';
import { lockTask, WAITING_STATUSES, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';

/**
 * A task that still waits for somebody, parked ones too, locked until the transaction ends; for the coordinator, who
 * finds every one.
 *
 * @throws DomainError `task.not-found`, `version.stale`, `task.not-open`
 */
export async function lockWaitingTask(
  tx: Tx,
  { taskId, expectedVersion }: { readonly taskId: string; readonly expectedVersion: number | null },
): Promise<TaskRow> {
  const task = await lockTask(tx, taskId);
  if (task === null) throw new DomainError('task.not-found', { task: taskId });
  if (expectedVersion !== null && expectedVersion !== task.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: task.version });
  }
  if (!WAITING_STATUSES.includes(task.status)) {
    throw new DomainError('task.not-open', { task: task.id, status: task.status });
  }
  return task;
}
