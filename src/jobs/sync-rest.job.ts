import { restSyncPoints } from '../engine/sync/rest-sync-points.js';
import type { Job } from './job.js';

/** Has every sync point that counts on a region judged again, whether it rests now or goes on. */
export const syncRestJob: Job<'sync-rest'> = ({ engine }, effectId, effect) =>
  restSyncPoints(engine, effectId, effect);
