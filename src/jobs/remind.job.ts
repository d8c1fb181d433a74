import { remindTask } from '../engine/tasks/remind-task.js';
import type { Job } from './job.js';

/** Reminds the owner of a task that has fallen due. */
export const remindJob: Job<'remind'> = ({ engine }, effectId, effect) =>
  remindTask(engine, effectId, effect);
