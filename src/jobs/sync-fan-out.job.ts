import { fanOutRelease } from '../engine/sync/fan-out-release.js';
import type { Job } from './job.js';

/** Carries a release to some of the members of its sync point. */
export const syncFanOutJob: Job<'sync-fan-out'> = ({ engine }, effectId, effect) =>
  fanOutRelease(engine, effectId, effect);
