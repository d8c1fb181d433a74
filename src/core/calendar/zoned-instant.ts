import { parseCalendarDate, type CalendarDate } from './calendar-date.js';
import { isZone } from './zone.js';
import { DomainError } from '../terms/domain-error.js';
import { instantFromMs, instantToMs, type Instant } from '../terms/instant.js';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * The date that a calendar on the wall of `zone` (IANA name) shows at `instant`.
 *
 * @throws DomainError `definition.invalid` if the zone is not known, `calendar.out-of-range` if the date lies
 *   outside the calendar's years
 */
export function dateInZone(instant: Instant, zone: string): CalendarDate {
  checkZone(zone);
  const shown = Temporal.Instant.fromEpochMilliseconds(instantToMs(instant)).toZonedDateTimeISO(zone);
  const date = parseCalendarDate(shown.toPlainDate().toString());
  if (date === null) throw new DomainError('calendar.out-of-range', { instant, zone });
  return date;
}

/**
 * The instant at which a clock in `zone` (IANA name) shows `time` (24 hours, `HH:mm`, 00:00 to 23:59) on `date`.
 *
 * In spring one hour of the clock does not exist: such a time is read with the offset that held before the
 * change, so it lands after the gap (02:30 is the instant shown as 03:30). In autumn one hour comes twice: the
 * earlier instant is meant. Source: RFC 5545, section 3.3.5, so a deadline and its entry in a calendar file agree.
 *
 * @throws DomainError `definition.invalid` if the zone is not known or the time has another form
 */
export function instantAt(date: CalendarDate, time: string, zone: string): Instant {
  checkZone(zone);
  if (!TIME_OF_DAY.test(time)) throw new DomainError('definition.invalid', { time, expected: 'HH:mm' });
  const shown = Temporal.PlainDateTime.from(`${date}T${time}`);
  return instantFromMs(shown.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

function checkZone(zone: string): void {
  if (!isZone(zone)) throw new DomainError('definition.invalid', { zone, expected: 'an IANA name' });
}
