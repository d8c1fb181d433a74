import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import { cancelTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';

/** How a task ends: done by its owner, no longer needed, or taken out by two persons. */
export interface TaskEnd {
  readonly cycle: CycleRow;
  readonly task: TaskRow;
  readonly actor: Actor;
  readonly at: Instant;
  readonly status: 'done' | 'cancelled' | 'skipped';
  readonly note: string | null;
  /** Where the document lies that shows it; absent: none was named. */
  readonly evidence?: string | null;
}

/** Ends a task that this transaction holds: nobody is reminded of it any more. */
export async function endTask(tx: Tx, end: TaskEnd): Promise<void> {
  await changeTask(tx, end.task, {
    status: end.status,
    endedAt: end.at,
    note: end.note,
    ...(end.evidence === undefined ? {} : { evidenceGiven: end.evidence }),
    ...(end.status === 'done' && end.actor.role !== 'system' ? { assignee: end.actor.id } : {}),
  });
  await cancelTimers(tx, end.task.id, end.at);
  await appendLog(tx, end.cycle, {
    kind: 'task',
    actor: end.actor,
    at: end.at,
    details: {
      task: end.task.id,
      change: end.status,
      reference: end.task.reference,
      kind: end.task.kind,
      note: end.note,
      ...(end.evidence === undefined ? {} : { evidence: end.evidence }),
    },
  });
}
