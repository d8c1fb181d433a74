import type { Actor } from '../../core/terms/actor.js';
import { listModifications, type ModificationRow } from '../../store/modification-store.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';

/** Everything that was ever proposed for a cycle, in order. @throws DomainError `cycle.not-found` */
export async function readModifications(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string },
): Promise<readonly ModificationRow[]> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    return listModifications(tx, cycle.id);
  });
}
