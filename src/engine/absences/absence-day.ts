import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Instant } from '../../core/terms/instant.js';
import { findZone, type AbsenceDays } from '../../store/absence-store.js';
import type { Tx } from '../../store/tx.js';

/** Counts where a database has no region yet. */
const ZONE_WITHOUT_REGION = 'Europe/Vienna';

/**
 * The day by which the absences of a person count: in the zone of the region; for roles of the whole scheme in that
 * of the scheme's first region.
 *
 * @param region NUTS code; null for roles of the whole scheme
 */
export async function absenceDay(tx: Tx, region: string | null, at: Instant): Promise<CalendarDate> {
  return dateInZone(at, (await findZone(tx, region)) ?? ZONE_WITHOUT_REGION);
}

/** The days that some zone shows at an instant: an absence that touches none of them counts nowhere. */
export function daysAnywhere(at: Instant): AbsenceDays {
  const day = toDayNumber(dateInZone(at, 'UTC'));
  return { fromOn: fromDayNumber(day - 1), toOn: fromDayNumber(day + 1) };
}
