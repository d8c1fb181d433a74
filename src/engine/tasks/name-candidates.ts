import { DomainError } from '../../core/terms/domain-error.js';
import { listLivingAccounts } from '../../store/account-life-store.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getTaskForWork, lockCycleOfTask } from './get-task.js';

/**
 * Names the people who may work on a task whatever their role and region, instead of those who were named before; by
 * a coordinator. Who has taken it keeps it.
 *
 * @throws DomainError `task.delegate-unknown` for an account that does not exist, is disabled, or only reads
 *   (auditors, the steering group); `auth.role-forbidden`, and everything that `getTaskForWork` refuses
 */
export async function nameCandidates(
  deps: EngineDeps,
  command: CommandContext & { readonly taskId: string; readonly people: readonly string[] },
): Promise<TaskRow> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { actor } = command;
    const cycle = await lockCycleOfTask(tx, command.taskId);
    const task = await getTaskForWork(tx, actor, { ...command, at: now });
    await checkPeople(tx, command.people);
    const people = [...new Set(command.people)];
    await changeTask(tx, task, { candidatePeople: people });
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: { task: task.id, change: 'candidates-named', reference: task.reference, people },
    });
    return { ...task };
  });
}

async function checkPeople(tx: Tx, people: readonly string[]): Promise<void> {
  const accounts = await listLivingAccounts(tx, people);
  const fitting = accounts.filter(({ role }) => role !== 'auditor' && role !== 'steering_group');
  const ids = new Set(fitting.map(({ id }) => id));
  const wrong = people.findIndex((id) => !ids.has(id));
  if (wrong >= 0) {
    throw new DomainError('task.delegate-unknown', { pointer: `/people/${wrong}`, account: people[wrong] });
  }
}
