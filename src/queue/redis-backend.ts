import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { EVENTS_KEPT_MAX, type QueueBackend } from './queue-backend.js';
import { settleWithin } from './settle-within.js';

const CONNECT_TIMEOUT_MS = 5_000;
const QUIT_DEADLINE_MS = 2_000;
const CONNECTION_NAME = 'cordata-queue';
/** Who sends must learn soon that Redis is away (the outbox keeps the effects); who works waits for ever. */
const SENDER_RETRIES_MAX = 1;

/**
 * Queues in the Redis or Valkey at `redisUrl` (`redis://host:port/db`). Two installations on one server need
 * two database numbers. Rejects when the server does not answer.
 */
export async function openRedisBackend(redisUrl: string, log: (line: string) => void): Promise<QueueBackend> {
  const connect = (maxRetriesPerRequest: number | null): Redis => {
    const redis = new Redis(redisUrl, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      connectionName: CONNECTION_NAME,
      maxRetriesPerRequest,
    });
    // An error without a listener would end the process.
    redis.on('error', (error: Error) => {
      lastError = error;
      log(`queue: the connection to Redis: ${error.message}`);
    });
    return redis;
  };
  let lastError: Error | null = null;
  const sender = connect(SENDER_RETRIES_MAX);
  try {
    await sender.connect();
  } catch (error) {
    sender.disconnect();
    // ioredis only says that the connection is closed; why was in the event before.
    throw lastError ?? error;
  }
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
        await settleWithin(
          redis.quit().catch(() => {}),
          QUIT_DEADLINE_MS,
        );
        redis.disconnect();
      }
    },
  };
}
