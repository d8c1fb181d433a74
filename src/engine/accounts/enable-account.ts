import { DomainError } from '../../core/terms/domain-error.js';
import { lockAccounts, setDisabled } from '../../store/account-life-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { accountView, type AccountView } from './account-view.js';

/**
 * Lets a disabled account live again: its token works as before. The tasks that it had do not come back.
 *
 * @throws DomainError `account.not-found`, `auth.role-forbidden`
 */
export async function enableAccount(
  deps: EngineDeps,
  command: CommandContext & { readonly accountId: string },
): Promise<AccountView> {
  requireRole(command.actor, ['administrator', 'system']);
  return runCommand(deps, command, async (tx) => {
    const [account] = await lockAccounts(tx, [command.accountId]);
    if (account === undefined) throw new DomainError('account.not-found', { account: command.accountId });
    if ((account.disabledAt ?? null) !== null) await setDisabled(tx, account, null);
    return accountView(account);
  });
}
