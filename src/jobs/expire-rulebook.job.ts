import { expireVersion } from '../engine/rules/expire-version.js';
import type { Job } from './job.js';

/** Ends a rulebook that was published in an emergency, on the day after its last. */
export const expireRulebookJob: Job<'expire-rulebook'> = ({ engine }, effectId, effect) =>
  expireVersion(engine, effectId, effect);
