import { DomainError } from '../../core/terms/domain-error.js';
import { holdAccount } from '../../store/account-life-store.js';
import { listTaskHandovers } from '../../store/task-log-store.js';
import type { TaskRow } from '../../store/task-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { assignTask } from './assign-task.js';
import { delegationChain } from './delegation-chain.js';
import { getTaskAtHand, holdsTask, lockCycleOfTask } from './get-task.js';
import { tellAssignee } from './tell-assignee.js';

/**
 * Returns a task to whoever has handed it on, by the assignee or whoever stands in for them. When that person is gone
 * meanwhile, whoever may can take it.
 *
 * @throws DomainError `task.not-delegated`, `task.not-yours`, and everything that `getTaskAtHand` refuses
 */
export async function handBackTask(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string },
): Promise<TaskRow> {
  return runCommand(deps, command, async (tx, now) => {
    const { actor } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const found = await getTaskAtHand(tx, actor, { ...command, at: now });
    const { task } = found;
    const giver = task.delegatedBy ?? null;
    if (giver === null) throw new DomainError('task.not-delegated', { task: task.id });
    if (!holdsTask(found)) throw new DomainError('task.not-yours', { task: task.id });
    const chain = delegationChain(await listTaskHandovers(tx, task), giver);
    const account = await holdAccount(tx, giver);
    const isLiving = account !== null && (account.disabledAt ?? null) === null;
    const assignment = {
      cycle,
      task,
      actor,
      at: now,
      change: 'handed-back',
      to: isLiving ? giver : null,
      delegatedBy: isLiving ? (chain.at(-2) ?? null) : null,
    } as const;
    await assignTask(tx, assignment);
    await tellAssignee(deps, tx, assignment);
    return { ...task };
  });
}
