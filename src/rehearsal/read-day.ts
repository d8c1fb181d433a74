import { parseCalendarDate, type CalendarDate } from '../core/calendar/calendar-date.js';
import { DomainError } from '../core/terms/domain-error.js';

/** A day of the scenario. @throws DomainError `definition.invalid` for one that does not exist */
export function readDay(text: string): CalendarDate {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new DomainError('definition.invalid', { date: text });
  return parsed;
}
