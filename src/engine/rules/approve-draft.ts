import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';

/**
 * A second administrator approves the content of a draft as it is; the next edit ends the approval.
 *
 * @throws DomainError `draft.same-person` for whoever has written any of it; `draft.refused` while tests, coverage
 *   or unsigned alarms are in the way; those of `changeDraft`
 */
export async function approveDraft(deps: EngineDeps, command: DraftCommand): Promise<DraftView> {
  return changeDraft(deps, command, (_tx, now) => ({
    event: 'approve',
    changes: { approvedBy: command.actor.id, approvedAt: now },
    log: { kind: 'approved', details: {} },
  }));
}
