import { startEmbeddedPostgres } from '../postgres/embedded-postgres.js';
import type { Settings } from '../settings/settings.js';
import type { Progress } from './progress.js';

/** The PostgreSQL that this process works on. */
export interface DatabaseServer {
  readonly url: string;
  /** Leaves an embedded server, which then ends if nobody else uses it; a foreign one is left alone. */
  stop(): Promise<void>;
}

/** @throws PostgresStartError when the embedded server does not come up */
export async function openDatabaseServer(settings: Settings, progress: Progress): Promise<DatabaseServer> {
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, stop: async () => {} };
  return startEmbeddedPostgres({
    dataDir: `${settings.dataDir}/postgres`,
    log: (line) => progress.say(line),
  });
}
