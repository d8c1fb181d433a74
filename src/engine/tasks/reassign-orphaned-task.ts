import { DomainError } from '../../core/terms/domain-error.js';
import { holdAccount } from '../../store/account-life-store.js';
import { lockTask, WAITING_STATUSES, type TaskRow } from '../../store/task-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { assignTask } from './assign-task.js';
import { lockCycleOfTask } from './get-task.js';
import { holdFittingAccount } from './hold-fitting-account.js';
import { tellAssignee } from './tell-assignee.js';

/**
 * Takes a waiting task out of the hands of somebody who does not exist any more or is disabled (see
 * `findOrphanedTasks`), and gives it to another person or to whoever may take it. A task that is in living hands, or
 * in nobody's, is left as it is.
 *
 * @param command.to account id; null: whoever may can take it
 * @throws DomainError `auth.role-forbidden`, `task.not-found`, `task.not-open`, `task.delegate-unknown`
 */
export async function reassignOrphanedTask(
  deps: EngineDeps,
  command: CommandContext & {
    readonly taskId: string;
    readonly to: string | null;
    readonly reason: string;
  },
): Promise<TaskRow> {
  requireRole(command.actor, ['coordinator', 'administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { actor, to, reason } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await lockTask(tx, command.taskId);
    if (task === null) throw new DomainError('task.not-found', { task: command.taskId });
    if (!WAITING_STATUSES.includes(task.status)) {
      throw new DomainError('task.not-open', { task: task.id, status: task.status });
    }
    const assignee = task.assignee ?? null;
    const holder = assignee === null ? null : await holdAccount(tx, assignee);
    const isOrphan = assignee !== null && (holder === null || (holder.disabledAt ?? null) !== null);
    if (!isOrphan) return { ...task };
    if (to !== null) await holdFittingAccount(tx, task, { to, pointer: '/to' });
    const assignment = {
      cycle,
      task,
      actor,
      at: now,
      change: to === null ? 'released' : 'reassigned',
      to,
      note: reason,
    } as const;
    await assignTask(tx, assignment);
    await tellAssignee(deps, tx, assignment);
    return { ...task };
  });
}
