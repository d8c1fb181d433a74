import type { Effect } from '../core/terms/effect.js';
import { jobIdOf } from './job-id.js';
import {
  jobOptions,
  QUEUE_NAMES,
  QUEUE_POLICIES,
  queueOf,
  retryTimeMs,
  type QueueName,
  type QueuePolicy,
} from './queue-catalog.js';
import type { EffectQueue } from './queue-backend.js';
import type { QueueConnection } from './queue-connection.js';

/** A job that is still at work, or between two attempts, after so much more than all its attempts take, is stuck. */
const STUCK_MARGIN_SENDS = 2;
const MINUTE_MS = 60_000;

/** An effect that was sent before, at intervals of a minute or more. */
export interface SentEffect extends Effect {
  /** How often; absent: once. */
  readonly sends?: number;
}

/** Hands effects to their queues. The effect's id is the job's id: a job that is there is not added again. */
export interface EffectSender {
  /** Adds effects, those of one queue in the given order. Resolves once the queues have all of them. */
  send(effects: readonly Effect[]): Promise<void>;
  /**
   * Adds effects that were added before, unless their jobs wait, run or pause between two attempts. A finished
   * job is kept for a while and would swallow its namesake (BullMQ adds no second job of an id), so it is
   * taken out first: whoever asks knows that the effect has no receipt.
   *
   * BullMQ counts locks and pauses by the clock of the machine that took the job. If that was ahead, nobody else
   * takes the job for as long; so one that must have ended long ago gets a second job beside it, under an id of its
   * own. The receipt makes it harmless that both may run.
   */
  resend(effects: readonly SentEffect[]): Promise<void>;
}

export function makeEffectSender(connection: QueueConnection, policies = QUEUE_POLICIES): EffectSender {
  const add = async (name: QueueName, added: readonly NewJob[]): Promise<void> => {
    const opts = jobOptions(policies[name]);
    const jobs = await connection.queues[name].addBulk(
      added.map(({ jobId, payload }) => ({ name: payload.type, data: payload, opts: { ...opts, jobId } })),
    );
    const foreign = added.find(({ jobId }, index) => jobs[index]?.id !== jobId);
    if (foreign !== undefined)
      throw new Error(`queue ${name}: effect ${foreign.jobId} came back under another id`);
  };
  return {
    async send(effects) {
      for (const [name, batch] of byQueue(effects)) {
        const jobs = batch.map(({ id, payload }) => ({ jobId: id, payload }));
        await add(name, jobs);
      }
    },
    async resend(effects) {
      for (const [name, batch] of byQueue(effects)) {
        const queue = connection.queues[name];
        const ids = await Promise.all(batch.map((effect) => makeRoom(queue, effect, policies[name])));
        const lost = batch.flatMap(({ payload }, index) => {
          const jobId = ids[index] ?? null;
          return jobId === null ? [] : [{ jobId, payload }];
        });
        if (lost.length > 0) await add(name, lost);
      }
    },
  };
}

interface NewJob extends Pick<Effect, 'payload'> {
  readonly jobId: string;
}

function byQueue<Sent extends Effect>(effects: readonly Sent[]): (readonly [QueueName, readonly Sent[]])[] {
  const batches = Map.groupBy(effects, ({ payload }) => queueOf(payload.type));
  return QUEUE_NAMES.flatMap((name) => {
    const batch = batches.get(name);
    return batch === undefined ? [] : [[name, batch] as const];
  });
}

/** The id under which a job of the effect can be added now; null: its job will still be done. */
async function makeRoom(
  queue: EffectQueue,
  { id, sends = 1 }: SentEffect,
  policy: QueuePolicy,
): Promise<string | null> {
  const state = await queue.getJobState(id);
  if (state === 'unknown') return id;
  if (state === 'failed' || state === 'completed') {
    await queue.remove(id);
    return id;
  }
  // A job that waits is taken by whoever has time, whatever the clocks say.
  if (state !== 'active' && state !== 'delayed') return null;
  const stuckSends = Math.ceil(retryTimeMs(policy) / MINUTE_MS) + STUCK_MARGIN_SENDS;
  return sends < stuckSends ? null : jobIdOf(id, sends);
}
