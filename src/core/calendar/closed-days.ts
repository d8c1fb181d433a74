import { parseCalendarDate, type CalendarDate } from './calendar-date.js';
import { makeWorkingCalendar, type WorkingCalendar } from './working-calendar.js';

/** Parts the days from the id in the name of a calendar with closures; no id of a calendar file has one. */
const MARK = '+';

/** A calendar by the id of its file, and the days on which its region does not work besides. */
export interface NamedCalendar {
  readonly id: string;
  /** Ascending, each once. */
  readonly closedOn: readonly CalendarDate[];
}

/**
 * A calendar with closures: those days are no working days. Its id says which (`AT-5+2027-05-03`), so that whoever has
 * counted with it can name what it counted with, and anybody can make the same calendar again.
 *
 * @param closedOn in any order; days that nobody works on anyway do no harm
 * @throws DomainError `definition.invalid` for a day outside the covered years
 */
export function withClosedDays(
  calendar: WorkingCalendar,
  closedOn: readonly CalendarDate[],
): WorkingCalendar {
  if (closedOn.length === 0) return calendar;
  return makeWorkingCalendar({
    ...calendar,
    id: calendarName({ id: calendar.id, closedOn }),
    holidays: [...calendar.holidays, ...closedOn],
  });
}

/** The one name of a calendar with these closures. */
export function calendarName({ id, closedOn }: NamedCalendar): string {
  return [id, ...[...new Set(closedOn)].toSorted()].join(MARK);
}

/** Reads a name again; null where a part of it is no day. */
export function parseCalendarName(name: string): NamedCalendar | null {
  const [id = '', ...days] = name.split(MARK);
  const closedOn = days.flatMap((day) => parseCalendarDate(day) ?? []);
  return closedOn.length === days.length ? { id, closedOn } : null;
}
