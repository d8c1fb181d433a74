import type { Actor } from '../../core/terms/actor.js';
import { listWaivers, type WaiverRow } from '../../store/waiver-store.js';
import { getCycle } from '../access/get-cycle.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';

/** A waiver, and whether it counts today: of this number of the cycle, and its last day has not passed. */
export interface WaiverView {
  readonly waiver: WaiverRow;
  readonly isInForce: boolean;
}

/** Every waiver that the cycle was ever granted, by the time of granting. @throws DomainError `cycle.not-found` */
export async function readWaivers(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string },
): Promise<readonly WaiverView[]> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const { today } = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
    return (await listWaivers(tx, cycle.id)).map((waiver) => ({
      waiver,
      isInForce: waiver.cycleNumber === cycle.number && today <= waiver.endsOn,
    }));
  });
}
