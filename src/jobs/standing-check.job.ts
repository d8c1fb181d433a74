import { runStandingCheck } from '../engine/standing/run-standing-check.js';
import type { Job } from './job.js';

/** Judges the standing rules of a cycle once more, as every morning. */
export const standingCheckJob: Job<'standing-check'> = ({ engine }, effectId, effect) =>
  runStandingCheck(engine, effectId, effect);
