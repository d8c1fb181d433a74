const VERSION = /^\d{1,9}$/;

/** The version that a client of server-sent events has seen last; null for none, and for what was never sent by us. */
export function readLastEventId(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && VERSION.test(header) ? Number(header) : null;
}
