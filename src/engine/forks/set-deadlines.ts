import { lockSyncPoint } from '../../store/sync-store.js';
import type { ForkStage } from '../engine-deps.js';
import { moveDeadline } from '../sync/point-deadline.js';
import { statusOf } from '../sync/point-standing.js';
import type { HypotheticalDeadline } from './fork-wish.js';

/** Sets the deadlines of sync points in a fork to other days, before anything is played; one that has ended keeps its own. */
export async function setDeadlines(
  stage: ForkStage,
  scheme: string,
  deadlines: readonly HypotheticalDeadline[],
): Promise<void> {
  if (deadlines.length === 0) return;
  const { deps } = stage;
  await deps.database.transact(async (tx) => {
    const now = await deps.clock.now(tx);
    for (const { syncPoint, on } of deadlines) {
      const point = await lockSyncPoint(tx, scheme, syncPoint);
      if (point === null || statusOf(point) !== 'open') continue;
      await moveDeadline(deps, tx, point, { on, now });
    }
  });
}
