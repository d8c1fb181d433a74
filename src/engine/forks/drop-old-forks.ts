import { instantFromMs } from '../../core/terms/instant.js';
import { dropForks, listForksBefore } from '../../store/fork-store.js';
import { databaseClockMs } from '../../store/server-health-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { FORK_KEPT_MS } from './fork-wish.js';

/** Drops what is old of forks: those that were kept, and those that a crash has left behind. Gives their names. */
export async function dropOldForks(deps: Pick<EngineDeps, 'database'>): Promise<readonly string[]> {
  return deps.database.transact(async (tx) => {
    const old = await listForksBefore(tx, instantFromMs((await databaseClockMs(tx)) - FORK_KEPT_MS));
    await dropForks(tx, old);
    return old;
  });
}
