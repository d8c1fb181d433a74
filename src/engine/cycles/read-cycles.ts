import type { Actor } from '../../core/terms/actor.js';
import { listCycles, type CycleFilter } from '../../store/cycle-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { cycleView, type CycleView } from './cycle-view.js';

/** Cycles in the order of their ids; an authority sees those of its own region. */
export async function readCycles(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly filter: CycleFilter },
): Promise<readonly CycleView[]> {
  const { actor, filter } = query;
  if (actor.region !== null && filter.region !== undefined && filter.region !== actor.region) return [];
  const region = actor.region ?? filter.region;
  return deps.database.read(async (tx) =>
    (await listCycles(tx, { ...filter, ...(region === undefined ? {} : { region }) })).map(cycleView),
  );
}
