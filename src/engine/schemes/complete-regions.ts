import type { SchemeDefinition } from '../../core/sync/scheme-definition.js';
import { addRegionOrigins } from '../../store/activity-store.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Enters what the regions of open schemes turn to, where a scheme was opened before regions had it. What is there
 * already is left as it is.
 */
export async function completeRegions(deps: EngineDeps, schemes: readonly SchemeDefinition[]): Promise<void> {
  await deps.database.transact(async (tx) => {
    for (const { id, regions } of schemes) {
      for (const { nuts, origins = [] } of regions) await addRegionOrigins(tx, { scheme: id, nuts, origins });
    }
  });
}
