import { DomainError } from '../../core/terms/domain-error.js';
import { findAccount, type AccountRow } from '../../store/account-store.js';
import { findTask, lockTask, WAITING_STATUSES, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { assignTask } from '../tasks/assign-task.js';
import { lockCycleOfTask } from '../tasks/get-task.js';
import { holdFittingAccount } from '../tasks/hold-fitting-account.js';
import { mayWork } from '../tasks/may-work.js';
import { tellAssignee } from '../tasks/tell-assignee.js';
import type { ItemResult, OperationWork } from './operation-work.js';
import { selectTasks } from './select-tasks.js';

const POINTER = '/parameters/to';

/** Gives each task to one person, as `reassignTask` does with one. */
export const reassignMany: OperationWork<'reassign'> = {
  async select(deps, tx, order, limit) {
    await getAssignee(tx, order.parameters.to);
    return selectTasks(deps, tx, order, limit);
  },
  async plan(_deps, tx, { order, subject }) {
    const account = await getAssignee(tx, order.parameters.to);
    const task = waiting(await findTask(tx, subject.id), subject.id);
    if (task.assignee === account.id) return alreadyThere(task);
    const { id, role } = account;
    if (!mayWork({ id, role, region: account.region ?? null }, task, [])) {
      throw new DomainError('task.delegate-unknown', { account: id });
    }
    return reassigned(task, id);
  },
  async run(deps, tx, { order, subject, now, actor }) {
    const { to } = order.parameters;
    const cycle = await lockCycleOfTask(tx, subject.id);
    const task = waiting(await lockTask(tx, subject.id), subject.id);
    if (task.assignee === to) return alreadyThere(task);
    await holdFittingAccount(tx, task, { to, pointer: POINTER });
    const result = reassigned(task, to);
    const note = order.reason;
    const assignment = { cycle, task, actor, at: now, change: 'reassigned', to, note } as const;
    await assignTask(tx, assignment);
    await tellAssignee(deps, tx, assignment);
    return result;
  },
};

/** @throws DomainError `task.delegate-unknown` for an account that does not exist or is disabled */
async function getAssignee(tx: Tx, id: string): Promise<AccountRow> {
  const account = await findAccount(tx, id);
  if (account === null || (account.disabledAt ?? null) !== null) {
    throw new DomainError('task.delegate-unknown', { pointer: POINTER, account: id });
  }
  return account;
}

/** @throws DomainError `task.not-found`, `task.not-open` */
function waiting(task: TaskRow | null, id: string): TaskRow {
  if (task === null) throw new DomainError('task.not-found', { task: id });
  if (!WAITING_STATUSES.includes(task.status)) {
    throw new DomainError('task.not-open', { task: id, status: task.status });
  }
  return task;
}

function alreadyThere(task: TaskRow): ItemResult {
  const words = 'The task is with this person already.';
  return { ...reassigned(task, task.assignee ?? null), result: 'unchanged', words };
}

function reassigned({ reference, assignee }: TaskRow, to: string | null): ItemResult {
  const details = { reference, from: assignee ?? null, to };
  return { result: 'done', code: 'reassigned', words: null, details };
}
