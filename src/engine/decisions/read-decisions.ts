import type { Actor } from '../../core/terms/actor.js';
import { listDecisions, type DecisionFilter, type DecisionRow } from '../../store/decision-store.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Decisions in the order in which they were taken; an authority sees those of its own region.
 *
 * @param query.after id of the last decision that the caller has; absent: from the beginning
 */
export async function readDecisions(
  deps: EngineDeps,
  query: {
    readonly actor: Actor;
    readonly filter: DecisionFilter & { readonly after?: string; readonly limit: number };
  },
): Promise<readonly DecisionRow[]> {
  const { actor, filter } = query;
  if (actor.region !== null && filter.region !== undefined && filter.region !== actor.region) return [];
  const region = actor.region ?? filter.region;
  return deps.database.read((tx) =>
    listDecisions(tx, { ...filter, ...(region === undefined ? {} : { region }) }),
  );
}
