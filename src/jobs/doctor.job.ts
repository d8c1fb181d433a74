import { isApplied } from '../engine/effects/is-applied.js';
import { renewDoctorTimer } from '../engine/doctor/doctor-timer.js';
import { dropOldForks } from '../engine/forks/drop-old-forks.js';
import { runDoctor } from '../engine/doctor/run-doctor.js';
import type { Job } from './job.js';

/** The doctor's round, which clears old forks away too. The next one is set first: it comes even if this one fails for good. */
export const doctorJob: Job<'doctor'> = async ({ engine }, effectId) => {
  if (await isApplied(engine, effectId)) return 'duplicate';
  await renewDoctorTimer(engine);
  await dropOldForks(engine);
  return runDoctor(engine, effectId);
};
