import { endWaiver } from '../engine/waivers/end-waiver.js';
import type { Job } from './job.js';

/** Looks at a cycle again whose waiver has ended, and tells the coordinator. */
export const waiverEndJob: Job<'waiver-end'> = ({ engine }, effectId, effect) =>
  endWaiver(engine, effectId, effect);
