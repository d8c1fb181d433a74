import { DomainError } from '../../core/terms/domain-error.js';
import type { Language } from '../../core/terms/language.js';
import type { AccountRole } from '../../core/terms/role.js';
import { addAccount, findAccount } from '../../store/account-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';

/** A new account; `region` is the NUTS code for an authority and null for every other role. */
export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly region: string | null;
  readonly language: Language;
  readonly email: string;
  /** Lower-case hex SHA-256 of its token. */
  readonly tokenHash: string;
}

/** Adds an account. @throws DomainError `account.exists` for an id that is taken; `auth.role-forbidden` */
export async function createAccount(
  deps: EngineDeps,
  command: CommandContext & { readonly account: NewAccount },
): Promise<{ readonly id: string }> {
  requireRole(command.actor, ['administrator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { account } = command;
    if ((await findAccount(tx, account.id)) !== null)
      throw new DomainError('account.exists', { account: account.id });
    addAccount(tx, { ...account, scheme: null, createdAt: now });
    return { id: account.id };
  });
}
