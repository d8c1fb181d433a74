import { leaveActivities } from '../engine/activities/leave-activities.js';
import { leaveCalls } from '../engine/calls/leave-calls.js';
import { leaveSyncPoints } from '../engine/sync/leave-sync-points.js';
import type { Job } from './job.js';

/** Has every sync point that counts on a region judged again without it, and every activity and call. */
export const syncLeaveJob: Job<'sync-leave'> = async ({ engine }, effectId, effect) => {
  const application = await leaveSyncPoints(engine, effectId, effect);
  // Without a receipt: a delivery that comes again does what a crash has left out.
  await leaveActivities(engine, effect);
  await leaveCalls(engine, effect);
  return application;
};
