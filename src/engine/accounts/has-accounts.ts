import { countAccounts } from '../../store/account-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** Whether anybody can log in at all: false on an empty database. */
export async function hasAccounts(deps: EngineDeps): Promise<boolean> {
  return (await deps.database.read((tx) => countAccounts(tx))) > 0;
}
