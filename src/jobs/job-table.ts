import { effectPayloadSchema, type EffectPayload, type EffectType } from '../core/terms/effect.js';
import { DomainError } from '../core/terms/domain-error.js';
import type { Application } from '../engine/effects/apply-effect.js';
import { callDateJob } from './call-date.job.js';
import { deliverMailJob } from './deliver-mail.job.js';
import { doctorJob } from './doctor.job.js';
import { expireRulebookJob } from './expire-rulebook.job.js';
import type { Job } from './job.js';
import type { JobDeps } from './job-deps.js';
import { notifyJob } from './notify.job.js';
import { remindJob } from './remind.job.js';
import { runOperationJob } from './run-operation.job.js';
import { stageTimerJob } from './stage-timer.job.js';
import { standingCheckJob } from './standing-check.job.js';
import { scopeReleasedJob } from './scope-released.job.js';
import { syncDeadlineJob } from './sync-deadline.job.js';
import { syncFactsJob } from './sync-facts.job.js';
import { syncFanOutJob } from './sync-fan-out.job.js';
import { syncLeaveJob } from './sync-leave.job.js';
import { syncRestJob } from './sync-rest.job.js';
import { syncMilestoneJob } from './sync-milestone.job.js';
import { waiverEndJob } from './waiver-end.job.js';

/** Every effect type and the job that applies it: a type without a job does not compile. */
export const JOB_TABLE: { readonly [Type in EffectType]: Job<Type> } = {
  notify: notifyJob,
  'deliver-mail': deliverMailJob,
  'sync-milestone': syncMilestoneJob,
  'sync-leave': syncLeaveJob,
  'sync-rest': syncRestJob,
  'sync-facts': syncFactsJob,
  'sync-deadline': syncDeadlineJob,
  'sync-fan-out': syncFanOutJob,
  'scope-released': scopeReleasedJob,
  remind: remindJob,
  'standing-check': standingCheckJob,
  'stage-timer': stageTimerJob,
  'waiver-end': waiverEndJob,
  'expire-rulebook': expireRulebookJob,
  'call-date': callDateJob,
  doctor: doctorJob,
  'run-operation': runOperationJob,
};

/**
 * The same once more when a process starts, for a build that was never compiled with types: every effect that
 * has a payload schema has a job, and the other way round.
 *
 * @throws DomainError `effect.unknown` with the types that lack one or the other
 */
export function checkJobTable(table: Readonly<Record<string, unknown>> = JOB_TABLE): void {
  const types: readonly string[] = effectPayloadSchema.options.map((option) => option.shape.type.value);
  const withoutJob = types.filter((type) => typeof table[type] !== 'function');
  const withoutSchema = Object.keys(table).filter((type) => !types.includes(type));
  if (withoutJob.length + withoutSchema.length > 0) {
    throw new DomainError('effect.unknown', { withoutJob, withoutSchema });
  }
}

/** Runs the job of a parsed effect. */
export function runJob(deps: JobDeps, effectId: string, effect: EffectPayload): Promise<Application> {
  return run(deps, effectId, effect);
}

/** Generic in the type, so that a job can only be given an effect of its own. */
function run<Type extends EffectType>(
  deps: JobDeps,
  effectId: string,
  effect: Extract<EffectPayload, { type: Type }>,
): Promise<Application> {
  const job: Job<Type> = JOB_TABLE[effect.type as Type];
  return job(deps, effectId, effect);
}
