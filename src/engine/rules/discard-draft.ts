import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';

/** Ends a draft that will not be published; it can still be read. Errors: see `changeDraft`. */
export async function discardDraft(deps: EngineDeps, command: DraftCommand): Promise<DraftView> {
  return changeDraft(deps, command, () => ({
    event: 'discard',
    changes: {},
    log: { kind: 'discarded', details: {} },
  }));
}
