import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { JOURNALED_TABLES } from '../../core/history/row-change.js';
import { lockCycle } from '../../store/cycle-store.js';
import { listUnjournaled, noteChange } from '../../store/journal.js';
import { appendLog } from '../../store/log-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { storedImage } from './stored-image.js';

/**
 * Begins the journal of the cycles of a database from before there was one, with their state as it is: what lay before
 * can be read in the log, but not be rebuilt. Gives how many. Two processes at once: the second finds it done.
 */
export async function recordBaselines(deps: EngineDeps): Promise<number> {
  const ids = await deps.database.read((tx) => listUnjournaled(tx));
  let recorded = 0;
  for (const id of ids) {
    recorded += await deps.database.transact(async (tx) => {
      const cycle = await lockCycle(tx, id);
      if (cycle === null || (await listUnjournaled(tx)).every((one) => one !== id)) return 0;
      const image = await storedImage(tx, cycle);
      for (const table of JOURNALED_TABLES) {
        for (const [key, after] of image[table]) noteChange(tx, id, { table, key, before: null, after });
      }
      const at = await deps.clock.now(tx);
      await appendLog(tx, cycle, { kind: 'baseline', actor: SYSTEM_ACTOR, at, details: {} });
      return 1;
    });
  }
  return recorded;
}
