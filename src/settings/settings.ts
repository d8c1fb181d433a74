/** What one process is told from outside, read once and frozen. */
export interface Settings {
  /** Addresses and ports of the API. Port 0: any free one. */
  readonly host: string;
  readonly port: number;
  /** Address of a PostgreSQL server; null: the embedded one. */
  readonly databaseUrl: string | null;
  /** Absolute. Holds the embedded database and the demo tokens. */
  readonly dataDir: string;
  /** Address of a Redis or Valkey server; null: the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Address of an SMTP server; null: mails are kept in the development mailbox. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly role: ProcessRole;
  readonly mode: Mode;
  /** Jobs of one queue that one worker process handles at once. */
  readonly workerConcurrency: number;
  /** Pause of the relay when nothing waits. */
  readonly relayPollMs: number;
  /** How long running jobs may take to finish after SIGTERM. */
  readonly shutdownGraceMs: number;
  /** Ids of the schemes that are opened on an empty database. */
  readonly schemes: readonly string[];
  /** Share from 0 to 1 of a rulebook's logic that its own test cases cover before it can be published. */
  readonly rulebookCoverageMin: number;
  readonly paths: ProjectPaths;
}

export type ProcessRole = 'all' | 'api' | 'worker';
export type Mode = 'development' | 'production';

/** Where the definitions and texts of this installation are; absolute folders. */
export interface ProjectPaths {
  readonly workflows: string;
  readonly rules: string;
  readonly calendars: string;
  readonly ladders: string;
  readonly activities: string;
  readonly schemes: string;
  readonly scenarios: string;
  readonly texts: string;
}

/** Settings that cannot be used, all of them at once: one line for each. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`these settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}
