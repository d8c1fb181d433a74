import type { Effect } from '../core/terms/effect.js';
import { handleEffect } from '../jobs/handle-effect.js';
import type { JobDeps } from '../jobs/job-deps.js';
import type { EffectSender } from '../queue/effect-sender.js';

/**
 * Carries effects out on the spot instead of queueing them: for a rehearsal, in which the same thing has to
 * happen in the same order each time. A failure is thrown: in a rehearsal nobody would look at dead letters.
 */
export function makeInlineSender(deps: JobDeps): EffectSender {
  const apply = async (effects: readonly Effect[]): Promise<void> => {
    for (const effect of effects) await handleEffect(deps, effect);
  };
  return { send: apply, resend: apply };
}
