import { DomainError } from '../../core/terms/domain-error.js';
import { lockTask, WAITING_STATUSES, type TaskRow } from '../../store/task-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { assignTask } from './assign-task.js';
import { lockCycleOfTask } from './get-task.js';
import { holdFittingAccount } from './hold-fitting-account.js';
import { tellAssignee } from './tell-assignee.js';

/**
 * Gives a waiting task to somebody who may work on it, whoever has it; by a coordinator or an administrator. A parked
 * one can be given too: it is theirs when its cycle goes on. Who has it already keeps it, and nothing changes.
 *
 * @throws DomainError `auth.role-forbidden`, `task.not-found`, `version.stale`, `task.not-open`,
 *   `task.delegate-unknown`
 */
export async function reassignTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string; readonly to: string; readonly reason: string },
): Promise<TaskRow> {
  requireRole(command.actor, ['coordinator', 'administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { actor, to, reason, expectedVersion } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await lockTask(tx, command.taskId);
    if (task === null) throw new DomainError('task.not-found', { task: command.taskId });
    if (expectedVersion !== null && expectedVersion !== task.version) {
      throw new DomainError('version.stale', { expected: expectedVersion, current: task.version });
    }
    if (!WAITING_STATUSES.includes(task.status)) {
      throw new DomainError('task.not-open', { task: task.id, status: task.status });
    }
    if (task.assignee === to) return { ...task };
    await holdFittingAccount(tx, task, { to, pointer: '/to' });
    const assignment = { cycle, task, actor, at: now, change: 'reassigned', to, note: reason } as const;
    await assignTask(tx, assignment);
    await tellAssignee(deps, tx, assignment);
    return { ...task };
  });
}
