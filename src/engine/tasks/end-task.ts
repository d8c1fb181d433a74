import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { changeTasks, type TaskRow } from '../../store/task-store.js';
import { cancelTimers } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';

/** How tasks end: done by their owner, no longer needed, or taken out by two persons. */
interface Ending {
  readonly cycle: CycleRow;
  readonly actor: Actor;
  readonly at: Instant;
  readonly status: 'done' | 'cancelled' | 'skipped';
  readonly note: string | null;
  /** Where the document lies that shows it; absent: none was named. */
  readonly evidence?: string | null;
}

export interface TaskEnd extends Ending {
  readonly task: TaskRow;
}

/** Ends a task that this transaction holds: nobody is reminded of it any more. */
export async function endTask(tx: Tx, { task, ...end }: TaskEnd): Promise<void> {
  await endTasks(tx, [task], end);
}

/** Ends several tasks of one cycle in the same way. */
export async function endTasks(tx: Tx, tasks: readonly TaskRow[], end: Ending): Promise<void> {
  const changes = {
    status: end.status,
    endedAt: end.at,
    note: end.note,
    ...(end.evidence === undefined ? {} : { evidenceGiven: end.evidence }),
    ...(end.status === 'done' && end.actor.role !== 'system' ? { assignee: end.actor.id } : {}),
  };
  await changeTasks(
    tx,
    tasks.map((task) => ({ task, changes })),
  );
  await cancelTimers(
    tx,
    tasks.map(({ id }) => id),
    end.at,
  );
  for (const task of tasks) {
    await appendLog(tx, end.cycle, {
      kind: 'task',
      actor: end.actor,
      at: end.at,
      details: {
        task: task.id,
        change: end.status,
        reference: task.reference,
        kind: task.kind,
        note: end.note,
        ...(end.evidence === undefined ? {} : { evidence: end.evidence }),
      },
    });
  }
}
