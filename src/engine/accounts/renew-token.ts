import { DomainError } from '../../core/terms/domain-error.js';
import { findAccount, replaceToken } from '../../store/account-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/** Gives an account a new token; the old one stops working. @throws DomainError `account.not-found` */
export async function renewToken(
  deps: EngineDeps,
  command: CommandContext & { readonly accountId: string; readonly tokenHash: string },
): Promise<{ readonly id: string }> {
  requireRole(command.actor, ['administrator', 'system']);
  return runCommand(deps, command, async (tx) => {
    if ((await findAccount(tx, command.accountId)) === null) {
      throw new DomainError('account.not-found', { account: command.accountId });
    }
    await replaceToken(tx, command.accountId, command.tokenHash);
    return { id: command.accountId };
  });
}
