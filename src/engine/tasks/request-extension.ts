import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeTask, type TaskRow } from '../../store/task-store.js';
import { appendLog } from '../../store/log-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { actingPlace } from './acting-place.js';
import { getTaskForWork, lockCycleOfTask } from './get-task.js';
import { tellExtension } from './tell-extension.js';

/** How far a due day can be put off at once, in calendar days. Who needs more asks again. */
export const EXTENSION_CALENDAR_DAYS_MAX = 366;

/**
 * Asks for more time for a task; the coordinator is told and decides. One wish is open at a time; after it was decided
 * another can be made.
 *
 * @param command.until a day in the zone of whoever acts, after the due day and not before today
 * @throws DomainError `task.date-invalid` for another day or a task without a due day, `task.extension-open`, and
 *   everything that `getTaskForWork` refuses
 */
export async function requestExtension(
  deps: EngineDeps,
  command: CommandContext & {
    readonly taskId: string;
    readonly until: CalendarDate;
    readonly reason: string;
  },
): Promise<TaskRow> {
  const { actor, taskId, until, reason } = command;
  return runCommand(deps, command, async (tx, now) => {
    const cycle = await lockCycleOfTask(tx, taskId);
    const task = await getTaskForWork(tx, actor, { ...command, at: now });
    if (task.extension?.state === 'requested')
      throw new DomainError('task.extension-open', { task: task.id });
    const picture = await takePicture(deps, tx, cycle, now);
    const { zone } = actingPlace(picture, task.actingRegion);
    refuseDay(task, until, dateInZone(now, zone));

    await changeTask(tx, task, { extension: wish(actor.id, now, { until, reason }) });
    await appendLog(tx, cycle, {
      kind: 'task',
      actor,
      at: now,
      details: {
        task: task.id,
        change: 'extension-requested',
        reference: task.reference,
        dueOn: task.dueOn ?? null,
        until,
        reason,
      },
    });
    await tellExtension(deps, tx, picture, { task, actor, change: 'requested', until, note: reason });
    return { ...task };
  });
}

function wish(requestedBy: string, requestedAt: Instant, asked: { until: CalendarDate; reason: string }) {
  return {
    ...asked,
    requestedBy,
    requestedAt,
    state: 'requested',
    decidedBy: null,
    decidedAt: null,
    note: null,
  } as const;
}

function refuseDay(task: TaskRow, until: CalendarDate, today: CalendarDate): void {
  const dueOn = task.dueOn ?? null;
  const refusal = (reason: string) =>
    new DomainError('task.date-invalid', { pointer: '/until', task: task.id, reason });
  if (dueOn === null) throw refusal('The task has no due day.');
  if (until <= dueOn) throw refusal(`The task is due on ${dueOn}; more time ends later.`);
  if (until < today) throw refusal('That day has passed.');
  const latest = fromDayNumber(toDayNumber(dueOn > today ? dueOn : today) + EXTENSION_CALENDAR_DAYS_MAX);
  if (until > latest) throw refusal(`At most until ${latest}.`);
}
