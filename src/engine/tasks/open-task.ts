import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { instantAt } from '../../core/calendar/zoned-instant.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { Labels } from '../../core/terms/language.js';
import type { StakeholderRole } from '../../core/terms/role.js';
import { appendLog } from '../../store/log-store.js';
import { addTask, type TaskKind, type TaskRow } from '../../store/task-store.js';
import { addTimer } from '../../store/timer-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';

/** The time of day, in the region's zone, at which a due task reminds whoever must act. */
export const REMINDER_TIME = '08:00';

/** What a new task is about; the rest follows from the cycle. */
export interface TaskPlan {
  readonly kind: TaskKind;
  readonly reference: string;
  /** The stage to whose work it belongs. */
  readonly stage: string;
  readonly owner: StakeholderRole;
  readonly labels: Labels;
  readonly evidence: Labels | null;
  readonly facts: readonly string[];
  /** A day in the region's zone; null: open or standing. */
  readonly dueOn: CalendarDate | null;
}

/** Opens a task for its owner, with the timer that will remind of it on the day it is due. */
export async function openTask(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  plan: TaskPlan,
): Promise<TaskRow> {
  const { cycle, region, now } = picture;
  const task = addTask(tx, {
    id: deps.newId(),
    cycleId: cycle.id,
    scheme: cycle.scheme,
    region: cycle.region,
    cycleNumber: cycle.number,
    ...plan,
    status: 'open',
    assignee: null,
    note: null,
    openedAt: now,
    endedAt: null,
  });
  if (plan.dueOn !== null) {
    addTimer(tx, {
      id: deps.newId(),
      taskId: task.id,
      cycleId: cycle.id,
      effect: { type: 'remind', taskId: task.id },
      dueAt: instantAt(plan.dueOn, REMINDER_TIME, region.zone),
    });
  }
  await appendLog(tx, cycle, {
    kind: 'task',
    actor: SYSTEM_ACTOR,
    at: now,
    details: {
      task: task.id,
      change: 'opened',
      reference: plan.reference,
      kind: plan.kind,
      owner: plan.owner,
      dueOn: plan.dueOn,
    },
  });
  return task;
}
