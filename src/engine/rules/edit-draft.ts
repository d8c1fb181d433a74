import { mergePatch } from '../../core/rulebooks/merge-patch.js';
import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, contentChanges, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { invalidDraft, judgeDraft } from './judge-draft.js';
import { rulebookOf } from './rulebook-of.js';

/** New content: a JSON Merge Patch (RFC 7396) on what is there, or the whole in its place. */
export type DraftEdit = { readonly patch: unknown } | { readonly definition: unknown };

/**
 * Changes the content of a draft, which leads it back to the state `draft`. Content with a fault is not saved.
 *
 * @throws DomainError `draft.invalid` with every fault; those of `changeDraft`
 */
export async function editDraft(
  deps: EngineDeps,
  command: DraftCommand & { readonly edit: DraftEdit },
): Promise<DraftView> {
  return changeDraft(deps, command, async (tx, _now, draft) => {
    const { edit, actor } = command;
    const base = await rulebookOf(deps, tx, {
      id: draft.rulebook,
      version: draft.baseVersion,
      hash: draft.baseHash,
    });
    const definition = 'patch' in edit ? patched(draft.definition, edit.patch) : edit.definition;
    const rulebook = judgeDraft(deps, base, draft.definition.version, definition);
    return {
      event: 'edit',
      changes: contentChanges(draft, rulebook, [actor.id]),
      log: { kind: 'edited', details: { how: 'patch' in edit ? 'patch' : 'whole', before: draft.hash } },
    };
  });
}

function patched(definition: unknown, patch: unknown): unknown {
  const result = mergePatch(definition, patch);
  if ('problems' in result) throw invalidDraft(result.problems);
  return result.value;
}
