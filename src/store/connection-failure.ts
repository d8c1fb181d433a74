/** What the system says when there is nobody at the other end. */
const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * SQLSTATEs of a server that takes no queries: connection exceptions (class 08), too many connections, shutting
 * down or starting up, no such database.
 */
const SQLSTATE = /^(08...|53300|57P0[1-3]|3D000)$/;

/** The driver's own errors carry no code. */
const MESSAGES =
  /timeout exceeded when trying to connect|connection terminated|client has encountered a connection/i;

/** SQLSTATEs of a server that has no room left for what it is to write: on its disk, or in its memory. */
const NO_ROOM = /^53[0-2]00$/;

/** What is looked at; the driver's errors have no class of their own. */
interface Failure {
  readonly code?: unknown;
  readonly message?: unknown;
  /** Of one error per address, when a name has several. */
  readonly errors?: unknown;
}

/** Whether a query failed because the database could not be reached, rather than because of the query. */
export function isConnectionFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors }: Failure = error;
  if (typeof code === 'string') return SYSTEM_CODES.has(code) || SQLSTATE.test(code);
  if (Array.isArray(errors)) return errors.some(isConnectionFailure);
  return typeof message === 'string' && MESSAGES.test(message);
}

/** Whether a query failed because the server has run out of disk or memory: the transaction was rolled back. */
export function isOutOfRoom(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code }: Failure = error;
  return typeof code === 'string' && NO_ROOM.test(code);
}
