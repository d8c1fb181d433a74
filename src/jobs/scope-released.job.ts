import { applyScopeChange } from '../engine/sync/apply-scope-change.js';
import type { Job } from './job.js';

/** Has an activity or a call see what has become of its sync point. */
export const scopeReleasedJob: Job<'scope-released'> = ({ engine }, effectId, effect) =>
  applyScopeChange(engine, effectId, effect);
