import { possibleEvents, type PossibleEvent } from '../../core/machines/possible-events.js';
import type { Actor } from '../../core/terms/actor.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { takePicture } from './cycle-picture.js';
import { cycleView, type CycleView } from './cycle-view.js';

/** A cycle, and what it understands where it stands. @throws DomainError `cycle.not-found` */
export async function readCycle(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string },
): Promise<{ readonly cycle: CycleView; readonly possible: readonly PossibleEvent[] }> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const picture = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
    return { cycle: cycleView(cycle), possible: possibleEvents(picture.workflow, picture.snapshot) };
  });
}
