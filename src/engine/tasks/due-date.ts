import { toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { dayAfter } from '../../core/calendar/delay.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import {
  addWorkingDays,
  isWorkingDay,
  workingDayOnOrAfter,
  workingDaysBetween,
} from '../../core/calendar/working-days.js';
import { changeTask, type SuspensionPolicy, type TaskChanges, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { resetLadder } from './task-ladder.js';

/** A rest, in the days of one calendar. */
export interface Rest {
  readonly calendar: WorkingCalendar;
  /** The day on which it began, and the day on which it ended. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/**
 * The working days that a due day was away when a rest began, counted again from its end; so many days overdue stay so
 * many days overdue. A due day on which nobody works stands for the next working day. Where no working day has passed
 * meanwhile, or the clock was set back, the due day stays.
 *
 * @throws DomainError `calendar.out-of-range`
 */
export function keepWorkingDaysLeft(rest: Rest, dueOn: CalendarDate): CalendarDate {
  const { calendar, from, to } = rest;
  if (workingDaysBetween(calendar, from, to) <= 0) return dueOn;
  const left = workingDaysBetween(calendar, from, workingDayOnOrAfter(calendar, dueOn));
  if (left === 0) return workingDayOnOrAfter(calendar, to);
  if (left > 0) return addWorkingDays(calendar, to, left);
  // From a day on which nobody works, the first working day back is no day away.
  return addWorkingDays(calendar, to, isWorkingDay(calendar, to) ? left : left - 1);
}

/**
 * The due day of a task after its cycle has rested, by the task's own policy. Null for a task without one.
 *
 * @throws DomainError `calendar.out-of-range`
 */
export function dueDayAfterRest(
  task: { readonly dueOn: CalendarDate | null; readonly target: TaskRow['target'] } & {
    readonly whenSuspended: SuspensionPolicy;
  },
  rest: Rest,
): CalendarDate | null {
  const { dueOn, whenSuspended } = task;
  const target = task.target ?? null;
  if (dueOn === null || whenSuspended === 'keep') return dueOn;
  // A day that was given, not counted, cannot be counted anew.
  if (whenSuspended === 'restart') return target === null ? dueOn : dayAfter(rest.calendar, rest.to, target);
  return keepWorkingDaysLeft(rest, dueOn);
}

/** How many calendar days a due day has passed on `today`; 0 before and on it. */
export function daysOverdue(dueOn: CalendarDate, today: CalendarDate): number {
  return Math.max(0, toDayNumber(today) - toDayNumber(dueOn));
}

/** Moves the due day of a task that this transaction holds, with whatever else changes, and its timers with it. */
export async function moveDueDay(
  deps: EngineDeps,
  tx: Tx,
  picture: Pick<CyclePicture, 'regions' | 'calendars' | 'now'>,
  move: { readonly task: TaskRow; readonly dueOn: CalendarDate | null; readonly changes?: TaskChanges },
): Promise<void> {
  await changeTask(tx, move.task, { ...move.changes, dueOn: move.dueOn });
  await resetLadder(deps, tx, picture, move.task);
}
