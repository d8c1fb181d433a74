import { reachMilestone } from '../engine/sync/reach-milestone.js';
import type { Job } from './job.js';

/** Tells every sync point that waits for the milestone that a region has reached it. */
export const syncMilestoneJob: Job<'sync-milestone'> = ({ engine }, effectId, effect) =>
  reachMilestone(engine, effectId, effect);
