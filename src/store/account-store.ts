import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Language } from '../core/terms/language.js';
import type { AccountRole } from '../core/terms/role.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const accountTable = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.string().primary(),
    name: p.string(),
    role: p.string().$type<AccountRole>(),
    /** NUTS code of an authority's region; null for every other role. */
    region: p.string().nullable(),
    scheme: p.string().nullable(),
    language: p.string().$type<Language>(),
    email: p.string(),
    /** SHA-256 of the bearer token, lower-case hex; the token itself is nowhere. */
    tokenHash: p.string().hidden(),
    createdAt: instantColumn(),
    disabledAt: instantColumn().nullable(),
    /** Account id, and why; both null for one that lives. */
    disabledBy: p.string().nullable(),
    disabledReason: p.string().nullable(),
  },
});

export type AccountRow = Readonly<InferEntity<typeof accountTable>>;

/** A living account, as it is added. */
export type NewAccountRow = Omit<AccountRow, 'disabledAt' | 'disabledBy' | 'disabledReason'>;

export function addAccount(tx: Tx, account: NewAccountRow): void {
  const living = { disabledAt: null, disabledBy: null, disabledReason: null };
  tx.persist(tx.create(accountTable, { ...account, ...living }));
}

/** The living account with this token; null when there is none. */
export async function findAccountByToken(tx: Tx, tokenHash: string): Promise<AccountRow | null> {
  return tx.findOne(accountTable, { tokenHash, disabledAt: null });
}

export async function findAccount(tx: Tx, id: string): Promise<AccountRow | null> {
  return tx.findOne(accountTable, { id });
}

export async function countAccounts(tx: Tx): Promise<number> {
  return tx.count(accountTable, {});
}

/**
 * The living accounts of these roles, by id. With a region: its own authorities, and the accounts of the other
 * roles; without one: the authorities of every region as well.
 */
export async function listAudience(
  tx: Tx,
  roles: readonly AccountRole[],
  region: string | null,
): Promise<readonly AccountRow[]> {
  return tx.find(
    accountTable,
    {
      role: { $in: [...roles] },
      disabledAt: null,
      ...(region === null ? {} : { $or: [{ region }, { region: null }] }),
    },
    { orderBy: { id: 'asc' } },
  );
}

/** Replaces the token of an account. */
export async function replaceToken(tx: Tx, id: string, tokenHash: string): Promise<void> {
  await tx.nativeUpdate(accountTable, { id }, { tokenHash });
}
