import { keepCallDate } from '../engine/calls/keep-call-date.js';
import type { Job } from './job.js';

/** Opens or closes a call, or has it go on without the regions that are late. */
export const callDateJob: Job<'call-date'> = ({ engine }, effectId, effect) =>
  keepCallDate(engine, effectId, effect);
