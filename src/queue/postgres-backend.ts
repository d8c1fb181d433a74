import { createPostgresBackend, runMigrations, withBackend, type PgPool } from 'bullmq';
import { Client, Pool } from 'pg';
import { EVENTS_KEPT_MAX, type QueueBackend } from './queue-backend.js';
import { QUEUE_NAMES } from './queue-catalog.js';
import { settleWithin } from './settle-within.js';

/** BullMQ's tables have names like `job` and `meta`: a schema of their own keeps them off ours. */
const SCHEMA = 'bullmq';
const APPLICATION_NAME = 'cordata-queue';
const CONNECT_TIMEOUT_MS = 5_000;
const POOL_CLOSE_DEADLINE_MS = 5_000;
/** Each worker keeps one connection to hear of new jobs; the rest is for queries. */
const POOL_CONNECTIONS_MAX = QUEUE_NAMES.length + 8;
/** Every queue and worker listens to the pool's errors; Node warns at 11. */
const POOL_LISTENERS_MAX = 50;

/**
 * Queues in the PostgreSQL at `databaseUrl`, in a schema of their own that is created or brought up to date
 * here. All queues and workers share one pool, so that a process needs few connections.
 */
export async function openPostgresBackend(
  databaseUrl: string,
  log: (line: string) => void,
): Promise<QueueBackend> {
  await migrate(databaseUrl, log);
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: APPLICATION_NAME,
    // BullMQ's statements name their tables without the schema.
    options: `-c search_path=${SCHEMA}`,
    max: POOL_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  pool.setMaxListeners(POOL_LISTENERS_MAX);
  // An error without a listener would end the process: the pool hears of idle clients, a client of itself.
  const lost = (error: Error) => log(`queue: a connection was lost: ${error.message}`);
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));

  // It is one; only the overloads of `on` in its types are written in another way.
  const connection = pool as unknown as PgPool;
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    makeQueue: (name) =>
      new Queue<unknown, void>(name, {
        connection,
        streams: { events: { maxLen: EVENTS_KEPT_MAX } },
      }),
    makeWorker: (name, process, settings) =>
      new Worker<unknown, void>(name, process, { ...settings, connection }),
    async ping() {
      await pool.query('select 1');
    },
    async close() {
      await settleWithin(pool.end(), POOL_CLOSE_DEADLINE_MS);
    },
  };
}

async function migrate(databaseUrl: string, log: (line: string) => void): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', (error) => log(`queue: a connection was lost: ${error.message}`));
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}
