import { z } from 'zod';
import { fromDayNumber, toDayNumber, type CalendarDate } from './calendar-date.js';
import type { WorkingCalendar } from './working-calendar.js';
import { addWorkingDays } from './working-days.js';
import { dateInZone, instantAt } from './zoned-instant.js';
import { instantFromMs, instantToMs, type Instant } from '../terms/instant.js';

/** The longest delays: about ten years each, the length of a programming period and what follows it. */
export const DELAY_WORKING_DAYS_MAX = 2_600;
export const DELAY_CALENDAR_DAYS_MAX = 3_660;
export const DELAY_HOURS_MAX = 87_840;

/** The time of day, in the zone of whoever acts, at which something that is due on a day falls due. */
export const DUE_TIME = '08:00';

const HOUR_MS = 3_600_000;

/** A delay as a definition writes it down. */
export const delaySchema = z.union([
  z.strictObject({ workingDays: z.int().positive().max(DELAY_WORKING_DAYS_MAX) }),
  z.strictObject({ calendarDays: z.int().positive().max(DELAY_CALENDAR_DAYS_MAX) }),
  z.strictObject({ hours: z.int().positive().max(DELAY_HOURS_MAX) }),
]);

/** How long something takes, counted in days of a calendar. */
export type DayDelay = { readonly workingDays: number } | { readonly calendarDays: number };

/** How long something takes, in days of a calendar or in hours of the clock. */
export type Delay = DayDelay | { readonly hours: number };

/**
 * The day that lies `target` after `from`; the day of the event itself is not counted (Regulation (EEC, Euratom)
 * No 1182/71, Article 3(1)). Calendar days are counted through, so the result may be a day on which nobody works.
 *
 * @throws DomainError `calendar.out-of-range` if the calendar does not cover a day that is counted in working days,
 *   or the result lies outside the calendar's years
 */
export function dayAfter(calendar: WorkingCalendar, from: CalendarDate, target: DayDelay): CalendarDate {
  return 'workingDays' in target
    ? addWorkingDays(calendar, from, target.workingDays)
    : fromDayNumber(toDayNumber(from) + target.calendarDays);
}

/**
 * The instant at which a delay that begins at `now` is over. Hours are those of the clock, whatever the wall shows in
 * between; days are counted from the local day of `now`, and the last one is over at `DUE_TIME` in `zone`.
 *
 * Days are read from the calendar, never multiplied: a day in spring has 23 hours and one in autumn 25.
 *
 * @param zone IANA name
 * @throws DomainError `calendar.out-of-range` as `dayAfter`, `definition.invalid` if the zone is not known
 */
export function instantAfter(calendar: WorkingCalendar, zone: string, now: Instant, delay: Delay): Instant {
  if ('hours' in delay) return instantFromMs(instantToMs(now) + delay.hours * HOUR_MS);
  return instantAt(dayAfter(calendar, dateInZone(now, zone), delay), DUE_TIME, zone);
}
