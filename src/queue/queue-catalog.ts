import type { EffectType } from '../core/terms/effect.js';

/**
 * One queue per way to be slow: work inside the database, the writing of notices, and a mail server that may
 * be down for hours. What waits in one does not hold up the others. No name has a `:` (BullMQ joins keys by it).
 */
export const QUEUE_NAMES = ['coordination', 'notices', 'mail'] as const;

export type QueueName = (typeof QUEUE_NAMES)[number];

const QUEUE_OF: Readonly<Record<EffectType, QueueName>> = {
  'sync-milestone': 'coordination',
  'sync-leave': 'coordination',
  'sync-rest': 'coordination',
  'sync-facts': 'coordination',
  'sync-deadline': 'coordination',
  'sync-fan-out': 'coordination',
  'scope-released': 'coordination',
  remind: 'coordination',
  'standing-check': 'coordination',
  'stage-timer': 'coordination',
  'waiver-end': 'coordination',
  'expire-rulebook': 'coordination',
  'run-operation': 'coordination',
  'call-date': 'coordination',
  doctor: 'coordination',
  notify: 'notices',
  'deliver-mail': 'mail',
};

/**
 * The queue of an effect. A type that this build does not know (it was recorded by a newer one) goes to
 * `coordination`, where it ends as a dead letter that people can see: refused here, it would hold up the whole
 * batch it came in for ever.
 */
export function queueOf(type: string): QueueName {
  return Object.hasOwn(QUEUE_OF, type) ? QUEUE_OF[type as EffectType] : 'coordination';
}

/** How often an effect is tried before it becomes a dead letter, and how long after a failure. */
export interface QueuePolicy {
  readonly attemptsMax: number;
  /** Pause after the first failure; it doubles with every further one. */
  readonly backoffMs: number;
}

export const QUEUE_POLICIES: Readonly<Record<QueueName, QueuePolicy>> = {
  // 0.5 + 1 + 2 + ... + 64 s: about two minutes, longer than a restart of the database takes.
  coordination: { attemptsMax: 9, backoffMs: 500 },
  notices: { attemptsMax: 9, backoffMs: 500 },
  // 2 + 4 + ... + 8,192 s: about four and a half hours, longer than a mail server's greylisting or maintenance.
  mail: { attemptsMax: 14, backoffMs: 2_000 },
};

/** How long all pauses between the attempts of a job are together, in milliseconds. */
export function retryTimeMs({ attemptsMax, backoffMs }: QueuePolicy): number {
  return backoffMs * (2 ** (attemptsMax - 1) - 1);
}

/** Finished jobs are kept for a look at the queue only: what was applied stands in the receipts. */
const COMPLETED_KEPT_MAX = 1_000;
const COMPLETED_KEPT_S = 3_600;
const FAILED_KEPT_MAX = 10_000;
const STACK_LINES_MAX = 10;

/** BullMQ's job options of every effect in a queue. */
export function jobOptions({ attemptsMax, backoffMs }: QueuePolicy) {
  return {
    attempts: attemptsMax,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: { age: COMPLETED_KEPT_S, count: COMPLETED_KEPT_MAX },
    removeOnFail: { count: FAILED_KEPT_MAX },
    stackTraceLimit: STACK_LINES_MAX,
  };
}
