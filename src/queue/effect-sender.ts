import type { Effect } from '../core/terms/effect.js';
import { jobOptions, QUEUE_NAMES, QUEUE_POLICIES, queueOf, type QueueName } from './queue-catalog.js';
import type { EffectQueue } from './queue-backend.js';
import type { QueueConnection } from './queue-connection.js';

/** Hands effects to their queues. The effect's id is the job's id: a job that is there is not added again. */
export interface EffectSender {
  /** Adds effects, those of one queue in the given order. Resolves once the queues have all of them. */
  send(effects: readonly Effect[]): Promise<void>;
  /**
   * Adds effects that were added before, unless their jobs wait, run or pause between two attempts. A finished
   * job is kept for a while and would swallow its namesake (BullMQ adds no second job of an id), so it is
   * taken out first: whoever asks knows that the effect has no receipt.
   */
  resend(effects: readonly Effect[]): Promise<void>;
}

export function makeEffectSender(connection: QueueConnection, policies = QUEUE_POLICIES): EffectSender {
  const add = async (name: QueueName, effects: readonly Effect[]): Promise<void> => {
    const opts = jobOptions(policies[name]);
    const jobs = await connection.queues[name].addBulk(
      effects.map(({ id, payload }) => ({ name: payload.type, data: payload, opts: { ...opts, jobId: id } })),
    );
    const foreign = effects.find(({ id }, index) => jobs[index]?.id !== id);
    if (foreign !== undefined)
      throw new Error(`queue ${name}: effect ${foreign.id} came back under another id`);
  };
  return {
    async send(effects) {
      for (const [name, batch] of byQueue(effects)) await add(name, batch);
    },
    async resend(effects) {
      for (const [name, batch] of byQueue(effects)) {
        const queue = connection.queues[name];
        const gone = await Promise.all(batch.map(({ id }) => makeRoom(queue, id)));
        const lost = batch.filter((_, index) => gone[index]);
        if (lost.length > 0) await add(name, lost);
      }
    },
  };
}

function byQueue(effects: readonly Effect[]): (readonly [QueueName, readonly Effect[]])[] {
  const batches = Map.groupBy(effects, ({ payload }) => queueOf(payload.type));
  return QUEUE_NAMES.flatMap((name) => {
    const batch = batches.get(name);
    return batch === undefined ? [] : [[name, batch] as const];
  });
}

/** Whether a job of this id can be added now. */
async function makeRoom(queue: EffectQueue, id: string): Promise<boolean> {
  const state = await queue.getJobState(id);
  if (state === 'unknown') return true;
  if (state !== 'failed' && state !== 'completed') return false;
  await queue.remove(id);
  return true;
}
