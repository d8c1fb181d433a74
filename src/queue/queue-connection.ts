import { DomainError } from '../core/terms/domain-error.js';
import { openPostgresBackend } from './postgres-backend.js';
import type { EffectJobWorker, EffectProcessor, EffectQueue, EffectWorkerSettings } from './queue-backend.js';
import { QUEUE_NAMES, type QueueName } from './queue-catalog.js';
import { openRedisBackend } from './redis-backend.js';
import { settleWithin } from './settle-within.js';

const PING_DEADLINE_MS = 2_000;
const QUEUE_CLOSE_DEADLINE_MS = 5_000;

export interface QueueConnectionOptions {
  /** `postgres://...`; the queues live here, in a schema of their own, unless `redisUrl` is given. */
  readonly databaseUrl: string;
  /** `redis://...` of a Redis or Valkey; null: the queues live in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Hears of lost connections and of BullMQ's own errors. None of them ends the process. */
  readonly log: (line: string) => void;
}

/** The queues, open. Whether they live in PostgreSQL or in Redis makes no difference to who uses them. */
export interface QueueConnection {
  readonly queues: Readonly<Record<QueueName, EffectQueue>>;
  makeWorker(name: QueueName, process: EffectProcessor, settings: EffectWorkerSettings): EffectJobWorker;
  /** Throws `queue.unreachable` when the queues do not answer. */
  ping(): Promise<void>;
  /** Closes the queues and their connections; workers are closed before. */
  close(): Promise<void>;
}

/**
 * Opens the queues and, in PostgreSQL, brings their schema up to date (safe from several processes at once).
 *
 * @throws DomainError `queue.unreachable` when PostgreSQL or Redis does not answer
 */
export async function openQueueConnection(options: QueueConnectionOptions): Promise<QueueConnection> {
  const { databaseUrl, redisUrl, log } = options;
  const backend = await reaching(() =>
    redisUrl === null ? openPostgresBackend(databaseUrl, log) : openRedisBackend(redisUrl, log),
  );
  const open = (name: QueueName): EffectQueue => {
    const queue = backend.makeQueue(name);
    queue.on('error', (error) => log(`queue ${name}: ${error.message}`));
    return queue;
  };
  const queues = {
    coordination: open('coordination'),
    notices: open('notices'),
    mail: open('mail'),
  } satisfies Record<QueueName, EffectQueue>;

  const close = async (): Promise<void> => {
    const closing = Promise.allSettled(QUEUE_NAMES.map((name) => queues[name].close()));
    await settleWithin(closing, QUEUE_CLOSE_DEADLINE_MS);
    await backend.close();
  };
  try {
    // BullMQ remembers a failed first contact for ever, so a queue that was never ready must not be handed out.
    await reaching(() => Promise.all(QUEUE_NAMES.map((name) => queues[name].waitUntilReady())));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    queues,
    makeWorker(name, process, settings) {
      const worker = backend.makeWorker(name, process, settings);
      worker.on('error', (error) => log(`worker ${name}: ${error.message}`));
      return worker;
    },
    ping: () =>
      reaching(async () => {
        if (!(await settleWithin(backend.ping(), PING_DEADLINE_MS))) throw new Error('no answer');
      }),
    close,
  };
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new DomainError('queue.unreachable', { reason: String(error) }, 'later');
  }
}
