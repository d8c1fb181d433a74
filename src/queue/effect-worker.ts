import { UnrecoverableError } from 'bullmq';
import { effectIdOf } from './job-id.js';
import type { EffectJob, EffectJobWorker } from './queue-backend.js';
import { QUEUE_NAMES, type QueueName } from './queue-catalog.js';
import type { QueueConnection } from './queue-connection.js';
import { settleWithin } from './settle-within.js';

/**
 * A killed worker's jobs come back after at most LOCK_MS + STALLED_CHECK_EVERY_MS = 9 s (BullMQ's defaults: up
 * to 60 s). A worker that merely froze for longer loses its lock and the effect runs twice, which its receipt
 * makes harmless; a shorter lock would make that common while the database restarts.
 */
const LOCK_MS = 6_000;
const STALLED_CHECK_EVERY_MS = 3_000;
/** So many workers may die over one job before it counts as the killer and becomes a dead letter. */
const WORKERS_LOST_MAX = 5;
/** Pause before a worker asks again after a lost connection (BullMQ's default: 15 s). */
const RECONNECT_PAUSE_MS = 1_000;
/** How long letting go of the connections may take beyond the deadline. */
const LEAVE_DEADLINE_MS = 2_000;

/** An effect as it came out of a queue: its payload has been through JSON and is parsed by who handles it. */
export interface ReceivedEffect {
  readonly id: string;
  readonly payload: unknown;
}

/** An effect that will not be tried again. */
export interface EffectDeath {
  readonly effect: ReceivedEffect;
  readonly reason: string;
  readonly attempts: number;
}

export interface EffectWorkerOptions {
  readonly connection: QueueConnection;
  /** Effects at work at the same time, per queue. With 1 those of a queue are handled in order. */
  readonly concurrency: number;
  /** Applies an effect, once however often it is called; `attempt` counts from 1. A failure is tried again. */
  readonly handle: (effect: ReceivedEffect, attempt: number) => Promise<unknown>;
  /** Whether a failure of `handle` will repeat for ever: the effect is not tried again. */
  readonly isHopeless: (error: unknown) => boolean;
  /**
   * Keeps an effect that failed hopelessly or too often. When it fails itself, or the process dies before it,
   * the effect has neither receipt nor dead letter, and the relay sends it again.
   */
  readonly onExhausted: (death: EffectDeath) => Promise<void>;
  readonly log: (line: string) => void;
}

export interface EffectWorker {
  /**
   * Stops taking effects and resolves when those at work are done. A queue that was just being asked may hand out
   * one more.
   */
  pause(): Promise<void>;
  /**
   * Pauses, waits for the effects at work for at most `deadlineMs`, and closes. False when some were left: their
   * locks run out and other workers take them.
   */
  close(deadlineMs: number): Promise<boolean>;
}

/** Starts taking effects out of all queues; rejects when the queues cannot be reached. */
export async function startEffectWorker(options: EffectWorkerOptions): Promise<EffectWorker> {
  const opened: QueueWorker[] = [];
  const closeAll = async (deadlineMs: number): Promise<boolean> => {
    const drained = await Promise.all(opened.map((each) => closeWorker(each, deadlineMs)));
    return drained.every(Boolean);
  };
  try {
    for (const name of QUEUE_NAMES) opened.push(makeWorker(name, options));
    await Promise.all(opened.map(({ worker }) => worker.waitUntilReady()));
  } catch (error) {
    await closeAll(0);
    throw error;
  }
  for (const { worker } of opened) {
    worker.run().catch((error: unknown) => options.log(`worker ${worker.name} ended: ${String(error)}`));
  }
  return {
    async pause() {
      await Promise.all(opened.map(({ worker }) => worker.pause(true)));
      await Promise.all(opened.map(({ atWork }) => allSettled(atWork)));
    },
    close: closeAll,
  };
}

interface QueueWorker {
  readonly worker: EffectJobWorker;
  /** Effects being handled, and deaths being reported. */
  readonly atWork: Set<Promise<void>>;
}

function makeWorker(name: QueueName, options: EffectWorkerOptions): QueueWorker {
  const { connection, concurrency, log } = options;
  const atWork = new Set<Promise<void>>();
  const track = (work: Promise<void>): Promise<void> => {
    atWork.add(work);
    const forget = () => void atWork.delete(work);
    work.then(forget, forget);
    return work;
  };
  const worker = connection.makeWorker(name, (job) => track(process(job, options)), {
    concurrency,
    autorun: false,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_EVERY_MS,
    maxStalledCount: WORKERS_LOST_MAX,
    runRetryDelay: RECONNECT_PAUSE_MS,
  });
  worker.on('stalled', (id) => log(`worker ${name}: effect ${id} was left by its worker, it is taken again`));
  worker.on('failed', (job, error) => {
    if (job === undefined) return;
    log(`worker ${name}: effect ${idOf(job)} failed at attempt ${job.attemptsMade}: ${error.message}`);
    // Set only when BullMQ has taken the job out of the round of attempts.
    if (job.finishedOn !== undefined) void track(reportDeath(job, error, options));
  });
  return { worker, atWork };
}

async function closeWorker({ worker, atWork }: QueueWorker, deadlineMs: number): Promise<boolean> {
  const deadlineAt = Date.now() + deadlineMs;
  await worker.pause(true);
  const idle = await settleWithin(allSettled(atWork), deadlineMs);
  // Idle, it waits for one that was just being taken; not idle, it only lets go of the connections.
  const patienceMs = Math.max(deadlineAt - Date.now(), LEAVE_DEADLINE_MS);
  const closed = await settleWithin(worker.close(!idle), patienceMs);
  return (await settleWithin(allSettled(atWork), idle ? LEAVE_DEADLINE_MS : 0)) && idle && closed;
}

async function allSettled(work: ReadonlySet<Promise<void>>): Promise<void> {
  while (work.size > 0) await Promise.allSettled(work);
}

async function reportDeath(
  job: EffectJob,
  error: Error,
  { onExhausted, log }: EffectWorkerOptions,
): Promise<void> {
  try {
    await onExhausted({ effect: received(job), reason: error.message, attempts: job.attemptsMade });
  } catch (failure) {
    log(`effect ${idOf(job)} has no dead letter: ${String(failure)}`);
  }
}

async function process(job: EffectJob, options: EffectWorkerOptions): Promise<void> {
  try {
    await options.handle(received(job), job.attemptsMade + 1);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    throw options.isHopeless(error) ? new UnrecoverableError(failure.message) : failure;
  }
}

function received(job: EffectJob): ReceivedEffect {
  return { id: idOf(job), payload: job.data };
}

function idOf(job: EffectJob): string {
  if (job.id === undefined) throw new Error('a job without an id came out of the queue');
  return effectIdOf(job.id);
}
