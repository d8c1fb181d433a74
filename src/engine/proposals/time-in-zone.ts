import type { Instant } from '../../core/terms/instant.js';

/** An instant as the clock of a zone shows it, with the offset: `2019-03-01T12:00+01:00[Europe/Vienna]`. */
export function timeInZone(instant: Instant, zone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toString({ smallestUnit: 'minute', fractionalSecondDigits: undefined });
}
