import { z } from 'zod';
import { DomainError } from '../core/terms/domain-error.js';
import { effectPayloadSchema, type EffectPayload } from '../core/terms/effect.js';
import { notReadableHere } from '../engine/cycles/not-readable-here.js';
import type { Application } from '../engine/effects/apply-effect.js';
import { Hopeless } from './hopeless.js';
import type { JobDeps } from './job-deps.js';
import { JOB_TABLE, runJob } from './job-table.js';
import type { LeftAlone } from './left-alone.js';

/** An effect as it came out of the queue. */
export interface DeliveredEffect {
  readonly id: string;
  readonly payload: unknown;
}

const typeSchema = z.object({ type: z.string() });

/**
 * Applies an effect once, however often it is delivered. `left-alone`: this program cannot read the effect, or the
 * version that its cycle goes by, and while one version of the program takes over from another the other one may.
 * Nothing was written, so the sweeper sends it again until a program takes it that can; the doctor tells of what waits
 * in vain.
 *
 * The one place where the failures of jobs are translated: a DomainError that says `never` (with it what is no effect
 * at all) becomes Hopeless, everything else passes as it is and is tried again.
 */
export async function handleEffect(deps: JobDeps, effect: DeliveredEffect): Promise<Application | LeftAlone> {
  const payload = parsePayload(effect.payload);
  if (payload instanceof DomainError) {
    if (payload.details['type'] === undefined) throw new Hopeless(payload);
    deps.onLeftAlone?.(payload);
    return 'left-alone';
  }
  try {
    return await runJob(deps, effect.id, payload);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (notReadableHere(error) !== null) {
      deps.onLeftAlone?.(error);
      return 'left-alone';
    }
    throw error.retry === 'never' ? new Hopeless(error) : error;
  }
}

/**
 * It was parsed when it was recorded, but perhaps by another version, and has been through the queue since: then the
 * reason why this program cannot read it, with its type where it names one.
 */
function parsePayload(payload: unknown): EffectPayload | DomainError {
  const parsed = effectPayloadSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const { data } = typeSchema.safeParse(payload);
  if (data !== undefined && !Object.hasOwn(JOB_TABLE, data.type)) {
    return new DomainError('effect.unknown', { type: data.type });
  }
  return new DomainError('effect.invalid', {
    ...data,
    faults: parsed.error.issues.map(({ path, message }) => ({ path, message })),
  });
}
