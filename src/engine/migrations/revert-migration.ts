import type { RowChange, RowImage } from '../../core/history/row-change.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeCycle, cycleImage, type CycleChanges, type CycleRow } from '../../store/cycle-store.js';
import { noteRevert } from '../../store/journal.js';
import { appendLog } from '../../store/log-store.js';
import {
  changeTask,
  findTask,
  taskImage,
  WAITING_STATUSES,
  type TaskChanges,
  type TaskRow,
} from '../../store/task-store.js';
import {
  changeTimer,
  findTimer,
  timerImage,
  type TimerChanges,
  type TimerRow,
} from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { sameValue } from '../history/same-value.js';
import { watchCycle } from '../standing/watch-cycle.js';
import { endTask } from '../tasks/end-task.js';
import type { RevertibleMigration } from './find-migration.js';
import type { MigrationOrder } from './migration-wish.js';
import { stepAside, stepTimersAside } from './step-aside.js';

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
  const row = page.changes.find(({ table }) => table === 'cycles');
  const restored = untouched(cycleImage(cycle), row) as Partial<CycleChanges>;
  await changeCycle(tx, cycle, { ...restored, changedAt: now });
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
  await restoreTasks(tx, undoing);
  await restoreTimers(tx, undoing);
  noteRevert(tx, cycle.id, page.sequence);
  if (stage !== cycle.stage) await watchCycle(deps, tx, cycle, now);
  return sequence;
}

async function restoreTasks(tx: Tx, { cycle, migration, order, now }: Undoing): Promise<void> {
  const changes = migration.page.changes.filter(({ table }) => table === 'tasks');
  // First those that the migration has opened: of one sub-step there is only one waiting task.
  for (const { key } of changes.filter(({ before }) => before === null)) {
    const task = await findTask(tx, key);
    if (task === null || !WAITING_STATUSES.includes(task.status)) continue;
    await endTask(tx, { cycle, task, actor: order.actor, at: now, status: 'cancelled', note: null });
  }
  const restored: { task: TaskRow; changes: TaskChanges }[] = [];
  for (const change of changes) {
    const task = change.before === null ? null : await findTask(tx, change.key);
    if (task !== null) restored.push({ task, changes: untouched(taskImage(task), change) as TaskChanges });
  }
  await stepAside(tx, restored);
  for (const { task, changes: properties } of restored) await changeTask(tx, task, properties);
}

async function restoreTimers(tx: Tx, { migration, now }: Undoing): Promise<void> {
  const restored: { timer: TimerRow; changes: TimerChanges }[] = [];
  for (const change of migration.page.changes.filter(({ table }) => table === 'timers')) {
    const timer = await findTimer(tx, change.key);
    // What has fired has happened.
    if (timer === null || (timer.firedAt ?? null) !== null) continue;
    if (change.before !== null) {
      restored.push({ timer, changes: untouched(timerImage(timer), change) as TimerChanges });
    } else if ((timer.cancelledAt ?? null) === null) {
      await changeTimer(tx, timer, { cancelledAt: now });
    }
  }
  await stepTimersAside(tx, restored);
  for (const { timer, changes } of restored) await changeTimer(tx, timer, changes);
}

/** What follows from the clock, or counts on: it is never put back. */
const NEVER_RESTORED: ReadonlySet<string> = new Set(['version', 'changedAt']);

/** The properties as they were before the migration, but for those that somebody has changed since. */
function untouched(now: RowImage, change: Pick<RowChange, 'before' | 'after'> | undefined): RowImage {
  const { before = null, after = null } = change ?? {};
  return Object.fromEntries(
    Object.entries(before ?? {}).filter(
      ([name]) => !NEVER_RESTORED.has(name) && sameValue(now[name] ?? null, after?.[name] ?? null),
    ),
  );
}
