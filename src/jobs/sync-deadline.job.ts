import { passDeadline } from '../engine/sync/pass-deadline.js';
import type { Job } from './job.js';

/** Applies the policy of a sync point whose last day has passed. */
export const syncDeadlineJob: Job<'sync-deadline'> = ({ engine }, effectId, effect) =>
  passDeadline(engine, effectId, effect);
