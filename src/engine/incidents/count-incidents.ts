import { countOpenIncidents } from '../../store/incident-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** How many incidents wait for somebody: what the doctor has found last, and what else went wrong. */
export async function countIncidents(deps: EngineDeps): Promise<number> {
  return deps.database.read((tx) => countOpenIncidents(tx));
}
