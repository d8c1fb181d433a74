import type { Actor } from '../../core/terms/actor.js';
import { listLog, type LogRow } from '../../store/log-store.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * What has happened in a cycle, in order: transitions, refusals, facts, tasks, milestones, waivers.
 *
 * @param query.after sequence of the last entry that the caller has; 0: from the beginning
 * @throws DomainError `cycle.not-found`
 */
export async function readHistory(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string; readonly after: number; readonly limit: number },
): Promise<readonly LogRow[]> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    return listLog(tx, cycle.id, { after: query.after, limit: query.limit });
  });
}
