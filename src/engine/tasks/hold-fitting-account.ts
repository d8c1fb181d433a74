import { DomainError } from '../../core/terms/domain-error.js';
import { holdAccount } from '../../store/account-life-store.js';
import type { AccountRow } from '../../store/account-store.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { mayWork } from './may-work.js';

/**
 * The account to which a task is to be given: living, and somebody who may work on it; it cannot be disabled until
 * the transaction ends.
 *
 * @param request.pointer JSON pointer of the account in the request
 * @throws DomainError `task.delegate-unknown` for an account that does not exist, is disabled or could not do it
 */
export async function holdFittingAccount(
  tx: Tx,
  task: TaskRow,
  request: { readonly to: string; readonly pointer: string },
): Promise<AccountRow> {
  const { to, pointer } = request;
  const account = await holdAccount(tx, to);
  const fits =
    account !== null &&
    (account.disabledAt ?? null) === null &&
    mayWork({ id: account.id, role: account.role, region: account.region ?? null }, task, []);
  if (!fits) throw new DomainError('task.delegate-unknown', { pointer, account: to });
  return account;
}
