import { hasReceipt } from '../../store/receipt-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** Whether an effect has its receipt: asked before work outside the database, such as sending a mail. */
export async function isApplied(deps: EngineDeps, effectId: string): Promise<boolean> {
  return deps.database.read((tx) => hasReceipt(tx, effectId));
}
