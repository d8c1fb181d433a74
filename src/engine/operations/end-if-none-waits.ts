import type { Instant } from '../../core/terms/instant.js';
import { changeOperation, lockOperation, nextWaitingItem } from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';

/** Ends a running operation whose items are all settled. False when it goes on: it runs, and some wait. */
export async function endIfNoneWaits(tx: Tx, operationId: string, now: Instant): Promise<boolean> {
  const operation = await lockOperation(tx, operationId);
  if (operation?.status !== 'running') return true;
  if ((await nextWaitingItem(tx, operation.id)) !== null) return false;
  await changeOperation(tx, operation, { status: 'done', endedAt: now });
  return true;
}
