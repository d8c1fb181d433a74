const AREA_AND_PLACE = /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/;

/**
 * Whether `text` names a time zone by area and place (`Europe/Vienna`) that this runtime's zone data knows;
 * `UTC` is the one exception.
 *
 * Abbreviations and fixed offsets (`CET`, `+01:00`) are refused although the runtime would take them: calls
 * print "CET" for days in June, when the clocks show CEST, and an hour is lost.
 */
export function isZone(text: string): boolean {
  if (text !== 'UTC' && !AREA_AND_PLACE.test(text)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, text).timeZoneId !== '';
  } catch {
    return false;
  }
}
