import type { HttpLogEntry } from '../http/http-deps.js';
import type { Database } from '../store/database.js';
import type { Worker } from './worker.js';

/** What this process depends on, by name: null when it is in order, else one sentence why not. */
export async function checkReadiness(
  database: Database,
  worker: Worker | null,
): Promise<Readonly<Record<string, string | null>>> {
  return {
    database: await fault(() => database.ping()),
    ...(worker === null ? {} : { queue: await fault(() => worker.ping()) }),
  };
}

async function fault(check: () => Promise<void>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** One JSON line for each request that the server itself failed to answer. */
export function logHttp(entry: HttpLogEntry): void {
  const { error, ...request } = entry;
  console.error(
    JSON.stringify({
      level: 'error',
      ...request,
      error: error instanceof Error ? error.stack : String(error),
    }),
  );
}
