import { recountMembers } from '../engine/sync/recount-member.js';
import type { Job } from './job.js';

/** Has every sync point that asks about facts of the region judged again. */
export const syncFactsJob: Job<'sync-facts'> = ({ engine }, effectId, effect) =>
  recountMembers(engine, effectId, effect);
