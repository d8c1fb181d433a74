import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { EVENTS_KEPT_MAX, type QueueBackend } from './queue-backend.js';
import { settleWithin } from './settle-within.js';

const CONNECT_TIMEOUT_MS = 5_000;
const QUIT_DEADLINE_MS = 2_000;
const CONNECTION_NAME = 'cordata-queue';
/** Who sends must learn soon that Redis is away (the outbox keeps the effects); who works waits for ever. */
const SENDER_RETRIES_MAX = 1;
const RECONNECT_STEP_MS = 50;
const RECONNECT_PAUSE_MAX_MS = 2_000;

/**
 * Queues in the Redis or Valkey at `redisUrl` (`redis://host:port/db`). Two installations on one server need
 * two database numbers. Rejects when the server does not answer.
 */
export async function openRedisBackend(redisUrl: string, log: (line: string) => void): Promise<QueueBackend> {
  let reached = false;
  let lastError: Error | null = null;
  const connect = (maxRetriesPerRequest: number | null): Redis => {
    const redis = new Redis(redisUrl, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      connectionName: CONNECTION_NAME,
      maxRetriesPerRequest,
      // A server that is not there when the process starts is refused at once; one that was is waited for.
      retryStrategy: (times) =>
        reached ? Math.min(times * RECONNECT_STEP_MS, RECONNECT_PAUSE_MAX_MS) : null,
    });
    // An error without a listener would end the process.
    redis.on('error', (error: Error) => {
      lastError = error;
      log(`queue: the connection to Redis: ${error.message}`);
    });
    return redis;
  };
  const sender = connect(SENDER_RETRIES_MAX);
  try {
    if (!(await settleWithin(sender.connect(), CONNECT_TIMEOUT_MS))) throw new Error('no answer');
  } catch (error) {
    sender.disconnect();
    // ioredis only says that the connection is closed; why was in the event before.
    throw lastError ?? error;
  }
  reached = true;
  let receiver: Redis | null = null;

  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    makeQueue: (name) =>
      new Queue<unknown, void>(name, {
        connection: sender,
        streams: { events: { maxLen: EVENTS_KEPT_MAX } },
      }),
    makeWorker: (name, process, settings) => {
      receiver ??= connect(null);
      return new Worker<unknown, void>(name, process, { ...settings, connection: receiver });
    },
    async ping() {
      await sender.ping();
    },
    async close() {
      for (const redis of [sender, receiver]) {
        if (redis === null) continue;
        const quitting = redis.quit().catch(() => {});
        if (!(await settleWithin(quitting, QUIT_DEADLINE_MS))) redis.disconnect();
      }
    },
  };
}
