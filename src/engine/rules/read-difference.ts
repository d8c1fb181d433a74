import { compareRulebooks, type RulebookComparison } from '../../core/gates/compare-rulebooks.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Actor } from '../../core/terms/actor.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findDraft } from '../../store/rulebook-draft-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { proofRealm } from './proof-realm.js';
import { DRAFT_READERS } from './read-drafts.js';
import { findPublished } from './read-rulebooks.js';
import { compileStored, rulebookOf } from './rulebook-of.js';

/** What one version of a rulebook decides otherwise than another, for all facts that there can be. */
export interface RulebookDifference {
  readonly before: PinnedDefinition;
  readonly after: Rulebook;
  readonly comparison: RulebookComparison;
}

/** A draft against the version that it was made from. @throws DomainError `draft.not-found`, `auth.role-forbidden` */
export async function readDraftDifference(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly draftId: string },
): Promise<RulebookDifference> {
  requireRole(query.actor, DRAFT_READERS);
  const [before, after] = await deps.database.read(async (tx) => {
    const draft = await findDraft(tx, query.draftId);
    if (draft === null) throw new DomainError('draft.not-found', { draft: query.draftId });
    const { rulebook: id, baseVersion: version, baseHash: hash } = draft;
    return [await rulebookOf(deps, tx, { id, version, hash }), compileStored(deps, draft)] as const;
  });
  return differenceOf(deps, before, after);
}

/**
 * A published version against an earlier one.
 *
 * @param query.id null: the only rulebook that has this version
 * @param query.against null: the version before
 * @throws DomainError `definition.not-found`
 */
export async function readVersionDifference(
  deps: EngineDeps,
  query: { readonly id: string | null; readonly version: number; readonly against: number | null },
): Promise<RulebookDifference> {
  const { id, version, against } = query;
  const [before, after] = await deps.database.read(async (tx) => {
    const { rulebook } = await findPublished(deps, tx, { id, version });
    const other = await findPublished(deps, tx, { id: rulebook.id, version: against ?? version - 1 });
    return [other.rulebook, rulebook] as const;
  });
  return differenceOf(deps, before, after);
}

function differenceOf(deps: EngineDeps, before: Rulebook, after: Rulebook): RulebookDifference {
  const { id, version, hash } = before;
  const comparison = compareRulebooks(before, after, proofRealm(deps.catalog));
  return { before: { id, version, hash }, after, comparison };
}
