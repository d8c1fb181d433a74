import { DomainError } from '../../core/terms/domain-error.js';
import { listTaskHandovers } from '../../store/task-log-store.js';
import type { TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { assignTask } from './assign-task.js';
import { delegationChain } from './delegation-chain.js';
import { getTaskAtHand, holdsTask, isCoordinating, lockCycleOfTask } from './get-task.js';
import { holdFittingAccount } from './hold-fitting-account.js';
import { tellAssignee } from './tell-assignee.js';

/**
 * Hands a task on to another account that may work on it too, which can hand it back. A task that nobody has taken
 * is handed on by anybody who may work on it; one that somebody has, by that person, whoever stands in for them, or a
 * coordinator.
 *
 * @throws DomainError `task.delegate-unknown` for an account that does not exist, is disabled, is oneself or has the
 *   task, or could not do it; `task.delegated-in-circle` for one that has handed it on before; `task.not-yours`; and
 *   everything that `getTaskAtHand` refuses
 */
export async function delegateTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string; readonly to: string; readonly note: string | null },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const { actor, to, note } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const found = await getTaskAtHand(tx, actor, { ...command, at: now });
    const { task } = found;
    if (task.status === 'claimed' && !holdsTask(found) && !isCoordinating(actor)) {
      throw new DomainError('task.not-yours', { task: task.id });
    }
    if (to === actor.id || to === task.assignee) {
      throw new DomainError('task.delegate-unknown', { pointer: '/to', account: to });
    }
    const chain = delegationChain(await listTaskHandovers(tx, task), task.delegatedBy ?? null);
    if (chain.includes(to))
      throw new DomainError('task.delegated-in-circle', { pointer: '/to', account: to });
    await holdFittingAccount(tx, task, { to, pointer: '/to' });
    const assignment = {
      cycle,
      task,
      actor,
      at: now,
      change: 'delegated',
      to,
      // Whoever had it, though a substitute or a coordinator has decided for them.
      delegatedBy: task.assignee ?? actor.id,
      note,
    } as const;
    await assignTask(tx, assignment);
    await tellAssignee(deps, tx, assignment);
    return { ...task };
  });
}
