import { leaveSyncPoints } from '../engine/sync/leave-sync-points.js';
import type { Job } from './job.js';

/** Has every sync point that counts on a region judged again without it. */
export const syncLeaveJob: Job<'sync-leave'> = ({ engine }, effectId, effect) =>
  leaveSyncPoints(engine, effectId, effect);
