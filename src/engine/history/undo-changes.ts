import type { RowChange, RowImage } from '../../core/history/row-change.js';
import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeCycle, cycleImage, type CycleChanges, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import {
  changeTask,
  findTask,
  listOpenTasks,
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
import { endTask } from '../tasks/end-task.js';
import { sameValue } from './same-value.js';
import { stepAside, stepTimersAside } from './step-aside.js';

/** Who puts what back, and when. */
export interface Undoing {
  readonly cycle: CycleRow;
  readonly actor: Actor;
  readonly at: Instant;
}

/** What follows from the clock, or counts on: it is never put back. */
const NEVER_RESTORED: ReadonlySet<string> = new Set(['version', 'changedAt']);

/**
 * Puts back the rows of a cycle that a command has changed. A property that somebody has changed since stays as it is
 * now: what was done later is not undone with it.
 */
export async function undoCycle(tx: Tx, undoing: Undoing, changes: readonly RowChange[]): Promise<void> {
  const { cycle, at } = undoing;
  for (const { table, before, after } of changes) {
    if (table !== 'cycles' || before === null || after === null) continue;
    const restored = untouchedSince(cycleImage(cycle), before, after);
    await changeCycle(tx, cycle, { ...(restored as Partial<CycleChanges>), changedAt: at });
  }
}

/** Ends the tasks that a command has opened and nobody has done, and puts back those that it has changed. */
export async function undoTasks(tx: Tx, undoing: Undoing, changes: readonly RowChange[]): Promise<void> {
  const ofTasks = changes.filter(({ table }) => table === 'tasks');
  // The new ones first: of one thing there is only one open task.
  for (const { key } of ofTasks.filter(({ before }) => before === null)) {
    const task = await findTask(tx, key);
    if (task === null || !WAITING_STATUSES.includes(task.status)) continue;
    const { cycle, actor, at } = undoing;
    await endTask(tx, { cycle, task, actor, at, status: 'cancelled', note: null });
  }
  const restored: { task: TaskRow; changes: TaskChanges }[] = [];
  for (const { key, before, after } of ofTasks) {
    const task = before === null || after === null ? null : await findTask(tx, key);
    if (task === null || before === null || after === null) continue;
    restored.push({ task, changes: untouchedSince(taskImage(task), before, after) as TaskChanges });
  }
  await stepAside(tx, restored);
  for (const { task, changes: properties } of restored) await restoreTask(tx, undoing, task, properties);
}

async function restoreTask(tx: Tx, undoing: Undoing, task: TaskRow, restored: TaskChanges): Promise<void> {
  if (Object.keys(restored).length === 0) return;
  const { cycle, actor, at } = undoing;
  const waitsAgain = WAITING_STATUSES.some((status) => status === restored.status);
  const isThereAgain = (await listOpenTasks(tx, cycle.id)).some(
    (other) => other.id !== task.id && other.kind === task.kind && other.reference === task.reference,
  );
  if (waitsAgain && isThereAgain) return;
  await changeTask(tx, task, restored);
  await appendLog(tx, cycle, {
    kind: 'task',
    actor,
    at,
    details: {
      task: task.id,
      change: 'restored',
      reference: task.reference,
      kind: task.kind,
      status: task.status,
    },
  });
}

/** Cancels the timers that a command has set, and sets those again that it has cancelled, moved or held. */
export async function undoTimers(tx: Tx, undoing: Undoing, changes: readonly RowChange[]): Promise<void> {
  const restored: { timer: TimerRow; changes: TimerChanges }[] = [];
  for (const { key, before, after } of changes.filter(({ table }) => table === 'timers')) {
    const timer = await findTimer(tx, key);
    // What has fired has happened; the task or stage that it was about decides whether that still counts.
    if (timer === null || after === null || (timer.firedAt ?? null) !== null) continue;
    if (before !== null) {
      restored.push({ timer, changes: untouchedSince(timerImage(timer), before, after) as TimerChanges });
    } else if ((timer.cancelledAt ?? null) === null) {
      await changeTimer(tx, timer, { cancelledAt: undoing.at });
    }
  }
  await stepTimersAside(tx, restored);
  for (const { timer, changes: properties } of restored) await changeTimer(tx, timer, properties);
}

function untouchedSince(now: RowImage, before: RowImage, after: RowImage): RowImage {
  return Object.fromEntries(
    Object.entries(before).filter(
      ([name]) => !NEVER_RESTORED.has(name) && sameValue(now[name] ?? null, after[name] ?? null),
    ),
  );
}
