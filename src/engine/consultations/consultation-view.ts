import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Instant } from '../../core/terms/instant.js';
import { listTaskComments } from '../../store/task-comment-store.js';
import type { TaskRow, TaskStatus } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';

/** One region that was asked, and what has come of it. */
export interface Consultation {
  /** Of the task of the region that was asked. */
  readonly taskId: string;
  /** NUTS code of the region that was asked. */
  readonly region: string;
  readonly cycleNumber: number;
  readonly status: TaskStatus;
  readonly askedAt: Instant;
  /** In the calendar of the region that was asked; null: without a day. */
  readonly dueOn: CalendarDate | null;
  /** Null when nothing was said. */
  readonly question: string | null;
  /** These two are null until the region has answered; the answer also when it said nothing. */
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
}

/** A task of the kind `consultation` as a consultation. */
export async function consultationView(tx: Tx, task: TaskRow): Promise<Consultation> {
  const [first] = await listTaskComments(tx, { taskId: task.id, limit: 1 });
  const isAnswered = task.status === 'done';
  return {
    taskId: task.id,
    region: task.actingRegion,
    cycleNumber: task.cycleNumber,
    status: task.status,
    askedAt: task.openedAt,
    dueOn: task.dueOn ?? null,
    // The question is the comment with which the task was opened.
    question: first !== undefined && first.at === task.openedAt ? first.text : null,
    answeredAt: isAnswered ? (task.endedAt ?? null) : null,
    answer: isAnswered ? (task.note ?? null) : null,
  };
}
