import { z } from 'zod';
import type { EffectPayload } from '../core/terms/effect.js';
import { isApplied } from '../engine/effects/is-applied.js';
import { recordDeadLetter } from '../engine/effects/record-dead-letter.js';
import type { DeliveredEffect } from './handle-effect.js';
import type { JobDeps } from './job-deps.js';

const payloadSchema = z.looseObject({ type: z.string() });

/**
 * Keeps an effect that will not be tried again as a dead letter. Not when it has been applied after all: the
 * last attempt may have done its work and failed only in telling the queue.
 */
export async function buryEffect(
  deps: JobDeps,
  death: { readonly effect: DeliveredEffect; readonly reason: string; readonly attempts: number },
): Promise<void> {
  const { effect, reason, attempts } = death;
  if (await isApplied(deps.engine, effect.id)) return;
  // What does not even name its type is kept too: it is the very thing that somebody must look at.
  const payload = payloadSchema.safeParse(effect.payload).data ?? {
    type: 'unknown',
    received: effect.payload,
  };
  await recordDeadLetter(deps.engine, {
    effect: { id: effect.id, payload: payload as EffectPayload },
    reason,
    attempts,
  });
}
