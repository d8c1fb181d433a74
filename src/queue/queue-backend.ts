import type { BulkJobOptions, Job, WorkerOptions } from 'bullmq';

/** One effect as BullMQ holds it: the payload as it came, parsed only by who handles it. Nothing is returned. */
export type EffectJob = Pick<Job<unknown, void>, 'id' | 'data' | 'attemptsMade' | 'finishedOn'>;

/** What is used of BullMQ's Queue, whose own type depends on where it lives. */
export interface EffectQueue {
  readonly name: string;
  addBulk(jobs: { name: string; data: unknown; opts: BulkJobOptions }[]): Promise<{ readonly id?: string }[]>;
  /** `unknown` when there is no such job. */
  getJobState(id: string): Promise<string>;
  getJobCounts(
    ...states: ('active' | 'completed' | 'delayed' | 'failed' | 'waiting')[]
  ): Promise<Record<string, number>>;
  remove(id: string): Promise<number>;
  /** Removes everything; with `force` also what is being worked on. */
  obliterate(options: { readonly force: boolean }): Promise<void>;
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** What is used of BullMQ's Worker. */
export interface EffectJobWorker {
  readonly name: string;
  run(): Promise<void>;
  /** Takes no further job; a worker that was just asking may take one more. Waits for nothing. */
  pause(doNotWaitActive: true): Promise<void>;
  waitUntilReady(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: EffectJob | undefined, error: Error) => void): unknown;
  on(event: 'stalled', listener: (id: string) => void): unknown;
  /** Waits for the jobs at work, without end; with `force` it leaves them, and their locks run out. */
  close(force: boolean): Promise<void>;
}

export type EffectProcessor = (job: EffectJob) => Promise<void>;

export type EffectWorkerSettings = Omit<WorkerOptions<unknown>, 'connection'>;

/** Where the queues live. Everything that uses it is the same for both. */
export interface QueueBackend {
  makeQueue(name: string): EffectQueue;
  makeWorker(name: string, process: EffectProcessor, settings: EffectWorkerSettings): EffectJobWorker;
  ping(): Promise<void>;
  /** Ends the connections that queues and workers share; both are closed by then. */
  close(): Promise<void>;
}

/** BullMQ's own event log, which nothing here reads: kept short. */
export const EVENTS_KEPT_MAX = 1_000;
