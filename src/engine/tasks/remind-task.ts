import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { ladderInstant } from '../../core/calendar/ladder-instant.js';
import { isWorkingDay, workingDayOnOrAfter, workingDaysBetween } from '../../core/calendar/working-days.js';
import { dateInZone, instantAt } from '../../core/calendar/zoned-instant.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { RemindEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import type { LadderStep } from '../../core/terms/ladder.js';
import { accountRoleFor, type AccountRole } from '../../core/terms/role.js';
import { lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { appendLog } from '../../store/log-store.js';
import { listRegions } from '../../store/scheme-store.js';
import { findTask, lockTask, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import { calendarsAt } from '../calendars/calendar-of.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { actingPlace, type ActingPlace } from './acting-place.js';
import { daysOverdue } from './due-date.js';
import { REMINDER_TIME } from './open-task.js';
import { setStep } from './task-ladder.js';

/** What is told of a task, and to whom. */
interface Reminder {
  readonly task: TaskRow;
  readonly dueOn: CalendarDate;
  readonly step: LadderStep;
  readonly place: ActingPlace;
  readonly now: Instant;
}

/**
 * A step of a task's ladder has come: those whom it names are told, once. Nobody is where the task has ended or is
 * parked, its cycle rests or is over, or its due day has moved since. Where the day has become one on which nobody
 * works, because the calendar was closed, the step waits for the next working day.
 */
export async function remindTask(
  deps: EngineDeps,
  effectId: string,
  effect: RemindEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'remind' }, async (tx, now) => {
    const cycleId = (await findTask(tx, effect.taskId))?.cycleId;
    // The cycle first, as everybody does: the step may have to be set again.
    const cycle = cycleId === undefined ? null : await lockCycle(tx, cycleId);
    const task = await lockTask(tx, effect.taskId);
    const dueOn = task?.dueOn ?? null;
    if (cycle === null || task === null || dueOn === null) return;
    if (cycle.status !== 'active' || (task.status !== 'open' && task.status !== 'claimed')) return;

    const regions = await listRegions(tx, task.scheme);
    const place = actingPlace({ regions, calendars: await calendarsAt(deps, tx, now) }, task.actingRegion);
    const step = stepOf(effect);
    const isMoved = effect.dueOn === undefined ? isEarly(place, dueOn, step, now) : effect.dueOn !== dueOn;
    if (isMoved) return;
    const today = dateInZone(now, place.zone);
    // What was to be told before the due day is too late after it: the steps after it say more.
    if (step.workingDays < 0 && today > dueOn) return;
    const reminder = { task, dueOn, step, place, now };
    if (isWorkingDay(place.calendar, today)) return tell(deps, tx, reminder);
    await waitForWork(deps, tx, cycle, reminder);
  });
}

/** What only names the task was set before ladders were data: the owner is told on the due day. */
function stepOf({ audience, template, workingDays }: RemindEffect): LadderStep {
  return {
    audience: audience ?? ['owner'],
    template: template ?? 'task.due',
    workingDays: workingDays ?? 0,
  };
}

function isEarly(place: ActingPlace, dueOn: CalendarDate, step: LadderStep, now: Instant): boolean {
  // Such a timer was set for the due day itself, whether or not anybody works on it.
  const at =
    step.workingDays === 0
      ? instantAt(dueOn, REMINDER_TIME, place.zone)
      : ladderInstant(place, dueOn, step.workingDays);
  return now < at;
}

async function waitForWork(deps: EngineDeps, tx: Tx, cycle: CycleRow, reminder: Reminder): Promise<void> {
  const { task, step, place, now } = reminder;
  const day = workingDayOnOrAfter(place.calendar, dateInZone(now, place.zone));
  const dueAt = instantAt(day, REMINDER_TIME, place.zone);
  setStep(deps, tx, task, { step, at: dueAt });
  await appendLog(tx, cycle, {
    kind: 'timer',
    actor: SYSTEM_ACTOR,
    at: now,
    details: { change: 'set-again', task: task.id, reference: task.reference, dueAt },
  });
}

/**
 * Who hears of the task from a later step that has come as well: after a long pause of the worker, or a leap of the
 * clock, nobody gets four words about one task in one minute.
 */
function toldByLaterSteps(
  deps: EngineDeps,
  { task, dueOn, step, place, now }: Reminder,
): ReadonlySet<LadderStep['audience'][number]> {
  return new Set(
    deps.catalog
      .ladder(task.kind, task.reference)
      .filter(
        ({ workingDays }) =>
          workingDays > step.workingDays && ladderInstant(place, dueOn, workingDays) <= now,
      )
      .flatMap(({ audience }) => [...audience]),
  );
}

async function tell(deps: EngineDeps, tx: Tx, { task, dueOn, step, place, now }: Reminder): Promise<void> {
  const owner = accountRoleFor(task.owner);
  const audience = new Set<AccountRole>();
  const toldLater = toldByLaterSteps(deps, { task, dueOn, step, place, now });
  for (const one of step.audience) {
    const role = one === 'owner' ? owner : one;
    if (role !== null && !toldLater.has(one)) audience.add(role);
  }
  const tellsOwner = step.audience.includes('owner') && !toldLater.has('owner');
  const assignee = tellsOwner ? (task.assignee ?? null) : null;
  if (audience.size === 0 && assignee === null) return;
  const today = dateInZone(now, place.zone);
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: task.scheme,
      region: task.actingRegion,
      cycleId: task.cycleId,
      audience: [...audience],
      ...(assignee === null ? {} : { people: [assignee] }),
      template: step.template,
      params: {
        region: place.region.name,
        task: task.labels,
        dueOn: { date: dueOn },
        daysOverdue: daysOverdue(dueOn, today),
        workingDaysLeft: Math.max(0, workingDaysBetween(place.calendar, today, dueOn)),
      },
    },
    now,
  );
}
