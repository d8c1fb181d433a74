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

const typeSchema = z.looseObject({ type: z.string() });

/**
 * Applies an effect once, however often it is delivered. `left-alone`: this program cannot read the
 * version that the effect's cycle goes by. Nothing was written, so the sweeper sends it again until a program takes it that has it.
 *
 * The one place where the failures of jobs are translated: a DomainError that says `never` (with it an unknown
 * or malformed effect) becomes Hopeless, everything else passes as it is and is tried again.
 */
export async function handleEffect(deps: JobDeps, effect: DeliveredEffect): Promise<Application | LeftAlone> {
  try {
    return await runJob(deps, effect.id, parsePayload(effect.payload));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (notReadableHere(error) !== null) {
      deps.onLeftAlone?.(error);
      return 'left-alone';
    }
    throw error.retry === 'never' ? new Hopeless(error) : error;
  }
}

/** It was parsed when it was recorded, but perhaps by another version, and has been through the queue since. */
function parsePayload(payload: unknown): EffectPayload {
  const parsed = effectPayloadSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const { data } = typeSchema.safeParse(payload);
  if (data !== undefined && !Object.hasOwn(JOB_TABLE, data.type)) {
    throw new DomainError('effect.unknown', { type: data.type });
  }
  throw new DomainError('effect.invalid', {
    faults: parsed.error.issues.map(({ path, message }) => ({ path, message })),
  });
}
