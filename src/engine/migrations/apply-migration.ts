import { changeCycle, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { watchCycle } from '../standing/watch-cycle.js';
import type { MigrationDraft } from './draft-migration.js';
import { migrateTasks } from './migrate-tasks.js';
import { migrateTimers } from './migrate-timers.js';
import { migrationDetails } from './migration-details.js';
import type { MigrationOrder } from './migration-wish.js';

/**
 * Takes a locked cycle into the version that was drafted, with its tasks and timers, in this transaction. It stays in
 * its stage and number, and resting if it rests; no step is taken, so no milestone is reached and nobody is told.
 *
 * @returns sequence of the entry in the log, by which the migration can be reverted
 */
export async function applyMigration(
  deps: EngineDeps,
  tx: Tx,
  {
    cycle,
    draft,
    order,
  }: { readonly cycle: CycleRow; readonly draft: MigrationDraft; readonly order: MigrationOrder },
): Promise<number> {
  const { from, to, after } = draft;
  const { now } = after;
  const { actor, reason, operationId } = order;
  const { stage } = cycle;
  // Worked out before anything changes: the pictures hold the rows themselves.
  const details = migrationDetails(draft);
  await changeCycle(tx, cycle, {
    workflowVersion: to.version,
    workflowHash: to.hash,
    snapshot: draft.plan.snapshot,
    stage: after.cycle.stage,
    status: after.cycle.status,
    number: after.cycle.number,
    changedAt: now,
  });
  const sequence = await appendLog(tx, cycle, {
    kind: 'migrated',
    actor,
    at: now,
    details: {
      ...details,
      workflow: to.id,
      hashes: { from: from.hash, to: to.hash },
      snapshot: draft.plan.snapshot,
      operation: operationId,
      reason,
    },
  });
  const picture = { ...after, cycle };
  await migrateTasks(deps, tx, { picture, draft, actor });
  await migrateTimers(deps, tx, { picture, draft });
  if (stage !== cycle.stage) await watchCycle(deps, tx, cycle, now);
  return sequence;
}
