import type { Actor } from '../../core/terms/actor.js';
import { listAccounts, type AccountPage } from '../../store/account-life-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { accountView, type AccountView } from './account-view.js';

/** The accounts by id, the disabled ones included. @throws DomainError `auth.role-forbidden` */
export async function readAccounts(
  deps: EngineDeps,
  query: { readonly actor: Actor } & AccountPage,
): Promise<readonly AccountView[]> {
  const { actor, ...page } = query;
  requireRole(actor, ['administrator', 'coordinator', 'auditor', 'system']);
  return deps.database.read(async (tx) => (await listAccounts(tx, page)).map(accountView));
}
