import { LockMode } from '@mikro-orm/core';
import type { Instant } from '../core/terms/instant.js';
import type { AccountRole } from '../core/terms/role.js';
import { accountTable, type AccountRow } from './account-store.js';
import type { Tx } from './tx.js';

/** The account, kept from being disabled until the transaction ends; null when there is none. */
export async function holdAccount(tx: Tx, id: string): Promise<AccountRow | null> {
  return tx.findOne(accountTable, { id }, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true });
}

/** These accounts, locked until the transaction ends, in the order of their ids. */
export async function lockAccounts(tx: Tx, ids: readonly string[]): Promise<readonly AccountRow[]> {
  return tx.find(
    accountTable,
    { id: { $in: [...ids] } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** The ids of the living accounts of a role. */
export async function listLivingIds(tx: Tx, role: AccountRole): Promise<readonly string[]> {
  const accounts = await tx.find(accountTable, { role, disabledAt: null }, { orderBy: { id: 'asc' } });
  return accounts.map(({ id }) => id);
}

/** These living accounts, by id. */
export async function listLivingAccounts(tx: Tx, ids: readonly string[]): Promise<readonly AccountRow[]> {
  return tx.find(accountTable, { id: { $in: [...ids] }, disabledAt: null }, { orderBy: { id: 'asc' } });
}

/** Why an account does not live any more. */
export interface Disabling {
  readonly disabledAt: Instant;
  /** Account id. */
  readonly disabledBy: string;
  readonly disabledReason: string;
}

/** Disables a locked account, or lets it live again with null. */
export async function setDisabled(tx: Tx, account: AccountRow, disabling: Disabling | null): Promise<void> {
  Object.assign(account, disabling ?? { disabledAt: null, disabledBy: null, disabledReason: null });
  await tx.flush();
}

export interface AccountPage {
  readonly role?: AccountRole;
  readonly region?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Accounts by id, the disabled ones included, at most `limit`. */
export async function listAccounts(tx: Tx, page: AccountPage): Promise<readonly AccountRow[]> {
  return tx.find(
    accountTable,
    {
      ...(page.role === undefined ? {} : { role: page.role }),
      ...(page.region === undefined ? {} : { region: page.region }),
      ...(page.after === undefined ? {} : { id: { $gt: page.after } }),
    },
    { orderBy: { id: 'asc' }, limit: page.limit },
  );
}
