import type { EngineDeps } from '../engine-deps.js';
import { endIfNoneWaits } from './end-if-none-waits.js';
import { runNextItem } from './run-next-item.js';

/**
 * Does every item of a running operation here and now, for the command line, which has no worker. One that does the
 * same elsewhere takes turns with it.
 *
 * @param tell called after each item
 */
export async function driveOperation(
  deps: EngineDeps,
  operationId: string,
  tell: () => Promise<void> | void,
): Promise<void> {
  while (await runNextItem(deps, operationId)) await tell();
  await deps.database.transact(async (tx) => endIfNoneWaits(tx, operationId, await deps.clock.now(tx)));
}
