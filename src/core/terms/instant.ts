/** A point in time: RFC 3339 in UTC with milliseconds, e.g. `2017-03-20T08:00:00.000Z`. Sorts as text. */
export type Instant = string & { readonly __brand: 'Instant' };

/** The instant at `ms` milliseconds after 1970-01-01T00:00:00Z. */
export function instantFromMs(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function instantToMs(instant: Instant): number {
  return Date.parse(instant);
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Reads an RFC 3339 instant with any offset; null for anything else, days that do not exist included. */
export function parseInstant(text: string): Instant | null {
  if (!RFC_3339.test(text)) return null;
  try {
    return instantFromMs(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}
