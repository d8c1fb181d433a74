import { listShadowedDrafts } from '../../store/rulebook-draft-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps, ShadowedRulebook } from '../engine-deps.js';
import { compileStored } from './rulebook-of.js';

/**
 * The drafts that are asked beside the rulebook of this id: those that have passed their own tests and are on their
 * way to be published.
 */
export async function shadowedDrafts(
  deps: EngineDeps,
  tx: Tx,
  rulebookId: string,
): Promise<readonly ShadowedRulebook[]> {
  const drafts = await listShadowedDrafts(tx, rulebookId);
  return drafts.map((draft) => ({ draftId: draft.id, rulebook: compileStored(deps, draft) }));
}
