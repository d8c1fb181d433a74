import { calendarName } from '../../core/calendar/closed-days.js';
import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import type { Instant } from '../../core/terms/instant.js';
import { closedDaysAt } from '../../store/closure-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { calendarNamed } from './calendar-named.js';

/** A calendar by the id of its file, with the closures in force. @throws DomainError `calendar.not-found` */
export type CalendarLookup = (id: string) => WorkingCalendar;

/** Every calendar as it was known at an instant: the files, and the closures that stood then. One query. */
export async function calendarsAt(
  { catalog }: Pick<EngineDeps, 'catalog'>,
  tx: Tx,
  at: Instant,
): Promise<CalendarLookup> {
  const closed = await closedDaysAt(tx, at);
  return (id) => calendarNamed(catalog, calendarName({ id, closedOn: closed.get(id) ?? [] }));
}

/** One calendar as it was known at an instant. @throws DomainError `calendar.not-found` */
export async function calendarOf(
  deps: Pick<EngineDeps, 'catalog'>,
  tx: Tx,
  id: string,
  at: Instant,
): Promise<WorkingCalendar> {
  return (await calendarsAt(deps, tx, at))(id);
}
