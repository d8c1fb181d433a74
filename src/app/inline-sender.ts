import { DomainError } from '../core/terms/domain-error.js';
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
    for (const effect of effects) {
      // In one process nobody else could take it.
      if ((await handleEffect(deps, effect)) === 'left-alone') {
        throw new DomainError('definition.not-found', { effect: effect.id, type: effect.payload.type });
      }
    }
  };
  return { send: apply, resend: apply };
}
