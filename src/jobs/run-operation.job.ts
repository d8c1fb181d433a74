import { runOperation } from '../engine/operations/run-operation.js';
import type { Job } from './job.js';

/** Does the next items of an operation over many cycles or tasks. */
export const runOperationJob: Job<'run-operation'> = ({ engine }, effectId, effect) =>
  runOperation(engine, effectId, effect);
