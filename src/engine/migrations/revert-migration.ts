import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { noteRevert } from '../../store/journal.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { undoCycle, undoTasks, undoTimers } from '../history/undo-changes.js';
import { watchCycle } from '../standing/watch-cycle.js';
import type { RevertibleMigration } from './find-migration.js';
import type { MigrationOrder } from './migration-wish.js';

/** A migration that is being undone. */
interface Undoing {
  readonly cycle: CycleRow;
  readonly migration: RevertibleMigration;
  readonly order: MigrationOrder;
  readonly now: Instant;
}

/**
 * Puts a locked cycle back into the version from which it was migrated: its row, its tasks and its timers are as they
 * were before, but for what somebody has changed since.
 *
 * @returns sequence of the entry in the log
 */
export async function revertMigration(deps: EngineDeps, tx: Tx, undoing: Undoing): Promise<number> {
  const { cycle, migration, order, now } = undoing;
  const { page, from } = migration;
  const { stage, workflowVersion } = cycle;
  const undone = { cycle, actor: order.actor, at: now };
  await undoCycle(tx, undone, page.changes);
  const sequence = await appendLog(tx, cycle, {
    kind: 'migration-reverted',
    actor: order.actor,
    at: now,
    details: {
      from: { version: workflowVersion, stage },
      to: from,
      snapshot: cycle.snapshot,
      reverts: page.sequence,
      operation: order.operationId,
      reason: order.reason,
    },
  });
  await undoTasks(tx, undone, page.changes);
  await undoTimers(tx, undone, page.changes);
  noteRevert(tx, cycle.id, page.sequence);
  if (stage !== cycle.stage) await watchCycle(deps, tx, cycle, now);
  return sequence;
}
