import { DomainError } from '../../core/terms/domain-error.js';
import { holdAccount } from '../../store/account-life-store.js';
import type { AccountRow } from '../../store/account-store.js';
import type { Tx } from '../../store/tx.js';

/**
 * A living account, which cannot be disabled until the transaction ends: so nobody is given work while being
 * disabled, which would leave it with a person who cannot do it.
 *
 * @throws DomainError `account.not-found`, `account.disabled`
 */
export async function holdLivingAccount(tx: Tx, id: string): Promise<AccountRow> {
  const account = await holdAccount(tx, id);
  if (account === null) throw new DomainError('account.not-found', { account: id });
  if ((account.disabledAt ?? null) !== null) throw new DomainError('account.disabled', { account: id });
  return account;
}
