import type { Catalog } from '../../catalog/catalog.js';
import { calendarName, parseCalendarName, withClosedDays } from '../../core/calendar/closed-days.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import { DomainError } from '../../core/terms/domain-error.js';

/** Calendars with closures that are kept ready; each takes about 60 KB. The oldest makes room. */
const KEPT_CALENDARS_MAX = 100;

const kept = new WeakMap<Catalog, Map<string, WorkingCalendar>>();

/**
 * A calendar by its name: that of a file, or with closures (`AT-5+2027-05-03`) as a decision names the one that it was
 * counted with. The same name gives the same calendar.
 *
 * @throws DomainError `calendar.not-found`
 */
export function calendarNamed(catalog: Catalog, name: string): WorkingCalendar {
  const named = parseCalendarName(name);
  if (named === null) throw new DomainError('calendar.not-found', { calendar: name });
  if (named.closedOn.length === 0) return catalog.calendar(named.id);

  const ready = kept.get(catalog) ?? new Map<string, WorkingCalendar>();
  kept.set(catalog, ready);
  const key = calendarName(named);
  const calendar = ready.get(key) ?? withClosedDays(catalog.calendar(named.id), named.closedOn);
  ready.set(key, calendar);
  const [oldest] = ready.keys();
  if (ready.size > KEPT_CALENDARS_MAX && oldest !== undefined) ready.delete(oldest);
  return calendar;
}
