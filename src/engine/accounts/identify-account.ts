import type { Actor } from '../../core/terms/actor.js';
import { findAccountByToken } from '../../store/account-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** Whose token this is; null for a token that nobody holds. @param tokenHash lower-case hex SHA-256 of the token */
export async function identifyAccount(deps: EngineDeps, tokenHash: string): Promise<Actor | null> {
  const account = await deps.database.read((tx) => findAccountByToken(tx, tokenHash));
  if (account === null) return null;
  const { id, name, role, language } = account;
  return { id, name, role, region: account.region ?? null, language };
}
