import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listAllStandingClosures, listStandingClosures, type ClosureRow } from '../../store/closure-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** A calendar without its days. */
export interface CalendarHead extends Pick<WorkingCalendar, 'id' | 'zone' | 'weekend' | 'coveredYears'> {
  /** How many closures stand, of all years. */
  readonly closuresStanding: number;
}

/** One year of a calendar. */
export interface CalendarYear extends CalendarHead {
  readonly year: number;
  /** Ascending; those on a weekend among them. */
  readonly holidays: readonly CalendarDate[];
  /** Those that stand, by day. */
  readonly closures: readonly ClosureRow[];
}

/** Every calendar of the installation, by id. */
export async function readCalendars(deps: EngineDeps): Promise<readonly CalendarHead[]> {
  const closures = await deps.database.read(listAllStandingClosures);
  const byCalendar = Map.groupBy(closures, ({ calendar }) => calendar);
  return [...deps.catalog.calendars.values()]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((calendar) => headOf(calendar, byCalendar.get(calendar.id)?.length ?? 0));
}

/**
 * One year of one calendar.
 *
 * @param query.year null: the one that the calendar's zone is in now
 * @throws DomainError `calendar.not-found`, `calendar.out-of-range` for a year that it does not cover
 */
export async function readCalendar(
  deps: EngineDeps,
  query: { readonly id: string; readonly year: number | null },
): Promise<CalendarYear> {
  const calendar = deps.catalog.calendar(query.id);
  const { coveredYears } = calendar;
  return deps.database.read(async (tx) => {
    const year = query.year ?? Number(dateInZone(await deps.clock.now(tx), calendar.zone).slice(0, 4));
    if (year < coveredYears.first || year > coveredYears.last) {
      throw new DomainError('calendar.out-of-range', { calendar: calendar.id, year, coveredYears });
    }
    const isInYear = (date: CalendarDate): boolean => date.startsWith(`${year}-`);
    const closures = await listStandingClosures(tx, calendar.id);
    return {
      ...headOf(calendar, closures.length),
      year,
      holidays: [...calendar.holidays].filter(isInYear).toSorted(),
      closures: closures.filter(({ date }) => isInYear(date)),
    };
  });
}

function headOf(
  { id, zone, weekend, coveredYears }: WorkingCalendar,
  closuresStanding: number,
): CalendarHead {
  return { id, zone, weekend, coveredYears, closuresStanding };
}
