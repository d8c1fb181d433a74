import type { Actor } from '../../core/terms/actor.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { factsView, type FactsView } from './facts-view.js';

/** The facts of a cycle, by name. @throws DomainError `cycle.not-found` */
export async function readFacts(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string },
): Promise<FactsView> {
  return deps.database.read(async (tx) => factsView(tx, await getCycle(tx, query.actor, query.cycleId)));
}
