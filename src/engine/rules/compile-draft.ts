import type { Actor } from '../../core/terms/actor.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findDraft } from '../../store/rulebook-draft-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { DRAFT_READERS } from './read-drafts.js';
import { compileStored } from './rulebook-of.js';

/** A draft as the rulebook that it would be. @throws DomainError `draft.not-found`, `auth.role-forbidden` */
export async function compileDraft(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly draftId: string },
): Promise<Rulebook> {
  requireRole(query.actor, DRAFT_READERS);
  return deps.database.read(async (tx) => {
    const draft = await findDraft(tx, query.draftId);
    if (draft === null) throw new DomainError('draft.not-found', { draft: query.draftId });
    return compileStored(deps, draft);
  });
}
