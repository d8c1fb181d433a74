import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { Effect } from '../../src/core/terms/effect.js';
import { openQueueConnection, type QueueConnection } from '../../src/queue/queue-connection.js';
import { createTestDatabase } from '../support/database.js';

export type QueueKind = 'PostgreSQL' | 'Redis';

const redisServer = process.env['TEST_REDIS_URL'];

/** Redis only where TEST_REDIS_URL names one; its databases are emptied. */
export const QUEUE_KINDS: readonly QueueKind[] =
  redisServer === undefined ? ['PostgreSQL'] : ['PostgreSQL', 'Redis'];

/** Where the queues of one test live, and how to open and remove them. */
export interface TestQueuePlace {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  open(log?: (line: string) => void): Promise<QueueConnection>;
  /** Cuts every connection of the queues from the server's side. */
  cut(): Promise<void>;
  remove(): Promise<void>;
}

/** A fresh place for queues. `redisDb` keeps the spec files that run at the same time apart. */
export async function makeQueuePlace(kind: QueueKind, redisDb: number): Promise<TestQueuePlace> {
  const database = await createTestDatabase();
  const redisUrl = kind === 'Redis' ? await emptyRedis(redisDb) : null;
  return {
    databaseUrl: database.url,
    redisUrl,
    open: (log = () => {}) => openQueueConnection({ databaseUrl: database.url, redisUrl, log }),
    cut: () => (redisUrl === null ? cutPostgres(database.url) : cutRedis(redisUrl)),
    remove: database.drop,
  };
}

/** Empties a database of the Redis; gives its address. */
export async function emptyRedis(db: number): Promise<string> {
  const url = new URL(redisServer ?? '');
  url.pathname = `/${db}`;
  await withRedis(url.href, (redis) => redis.flushdb());
  return url.href;
}

async function cutRedis(url: string): Promise<void> {
  const db = new URL(url).pathname.slice(1);
  await withRedis(url, async (redis) => {
    const clients = String(await redis.call('CLIENT', 'LIST')).split('\n');
    const own = clients.filter((line) => line.includes(` db=${db} `) && !line.includes('cmd=client'));
    for (const line of own) {
      const id = /^id=(\d+)/.exec(line)?.[1];
      if (id !== undefined) await redis.call('CLIENT', 'KILL', 'ID', id);
    }
  });
}

async function withRedis(url: string, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}

async function cutPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // Workers' listening connections bear their queue's name.
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
       and application_name in ('cordata-queue', 'coordination', 'notices', 'mail')`,
    );
  } finally {
    await client.end();
  }
}

/** An effect that goes to the queue `coordination`. */
export function reminder(id: string = randomUUID()): Effect {
  return { id, payload: { type: 'remind', taskId: randomUUID() } };
}

const WAIT_MAX_MS = 25_000;
const WAIT_STEP_MS = 20;

/** Asks until the answer is yes. The deadline only ends a test that hangs; nothing is measured by it. */
export async function until(what: string, answer: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MAX_MS;
  while (!(await answer())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
}
