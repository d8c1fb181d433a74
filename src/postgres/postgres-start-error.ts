/** Why the embedded server could not be brought up. */
export type PostgresStartErrorCode =
  /** There are no PostgreSQL binaries for this operating system and processor. */
  | 'postgres.no-binaries'
  /** The binaries are there but no account on this machine can run them and keep the data. */
  | 'postgres.no-account'
  /** The data directory belongs to another PostgreSQL version, or its password is lost. */
  | 'postgres.data-unusable'
  /** Another process holds the start lock for too long. */
  | 'postgres.busy'
  /** The server was started and did not come up. */
  | 'postgres.start-failed';

/**
 * A failure to start the embedded PostgreSQL. The message is one line for the person at the terminal;
 * `details` (paths, the server's own words) are for the log.
 */
export class PostgresStartError extends Error {
  readonly code: PostgresStartErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: PostgresStartErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'PostgresStartError';
    this.code = code;
    this.details = details;
  }
}
