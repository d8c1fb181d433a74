import { fireStageTimer } from '../engine/timers/fire-stage-timer.js';
import type { Job } from './job.js';

/** Does what a timer of a stage is for, if the cycle is still in the stage. */
export const stageTimerJob: Job<'stage-timer'> = ({ engine }, effectId, effect) =>
  fireStageTimer(engine, effectId, effect);
