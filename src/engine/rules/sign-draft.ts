import { DomainError } from '../../core/terms/domain-error.js';
import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';

/**
 * A second administrator takes the alarms of the model check upon himself, with a reason.
 *
 * @throws DomainError `draft.same-person` for an author; `draft.refused` when nothing is to be signed; those of
 *   `changeDraft`
 */
export async function signDraft(
  deps: EngineDeps,
  command: DraftCommand & { readonly reason: string },
): Promise<DraftView> {
  const { actor, reason } = command;
  if (reason.trim() === '') throw new DomainError('request.invalid', { pointer: '/reason' });
  return changeDraft(deps, command, (_tx, now, draft) => ({
    event: 'sign',
    changes: { signedBy: actor.id, signedAt: now, signedReason: reason },
    log: { kind: 'signed', details: { reason, alarms: draft.checkReport?.alarms.length ?? 0 } },
  }));
}
