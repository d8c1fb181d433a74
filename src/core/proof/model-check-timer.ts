import { fromDayNumber, toDayNumber } from '../calendar/calendar-date.js';
import { dayAfter, type Delay } from '../calendar/delay.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { Workflow } from '../machines/compile-workflow.js';
import type { StepEvent } from '../machines/workflow-schema.js';
import { DomainError } from '../terms/domain-error.js';

const HOURS_PER_DAY = 24;

/**
 * The first day on which a step can be taken by a cycle that came into a state on `day`: for what people ask for that
 * same day, for a timer the one on which it falls due. It may well be later: while a cycle rests, no timer fires.
 * Day numbers; null: the timer is due after the years of the calendar.
 */
export function firstDayOf(
  type: StepEvent,
  { state, day }: { readonly state: string; readonly day: number },
  { workflow, calendar }: { readonly workflow: Workflow; readonly calendar: WorkingCalendar },
): number | null {
  const timer = workflow.timers.get(state)?.find(({ id }) => type === `timer:${id}`);
  return timer === undefined ? day : dueDay(timer.delay, day, calendar);
}

function dueDay(delay: Delay, day: number, calendar: WorkingCalendar): number | null {
  // The stage may have been entered at any hour of its day.
  if ('hours' in delay) return day + Math.floor(delay.hours / HOURS_PER_DAY);
  try {
    return toDayNumber(dayAfter(calendar, fromDayNumber(day), delay));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'calendar.out-of-range') return null;
    throw error;
  }
}
