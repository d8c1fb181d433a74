import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { EngineDeps } from '../engine-deps.js';
import { changeDraft, nextSnapshot, type DraftCommand } from './change-draft.js';
import type { DraftView } from './draft-view.js';
import { publishVersion } from './publish-version.js';
import { rulebookOf } from './rulebook-of.js';

/**
 * Makes an approved draft the next version of its rulebook. Cycles that enter a stage from `effectiveFrom` on are
 * pinned to it; the others keep theirs.
 *
 * @throws DomainError `draft.refused` while a test fails, the coverage is under the minimum, an alarm is unsigned
 *   or the approval is missing; `rulebook.date-invalid` for a day that has passed; those of `changeDraft`
 */
export async function publishDraft(
  deps: EngineDeps,
  command: DraftCommand & { readonly effectiveFrom: CalendarDate },
): Promise<DraftView> {
  return changeDraft(deps, command, async (tx, now, draft) => {
    const { actor, effectiveFrom } = command;
    // Refused before a version is written: the constraints would say no less, but not why.
    nextSnapshot(deps, draft, actor.id, { event: 'publish' });
    const { rulebook: id, baseVersion: version, baseHash: hash } = draft;
    const base = await rulebookOf(deps, tx, { id, version, hash });
    const { definition, reason } = draft;
    const published = await publishVersion(deps, tx, {
      base,
      definition,
      effectiveFrom,
      origin: 'draft',
      draftId: draft.id,
      endsOn: null,
      reason,
      by: actor.id,
      now,
    });
    return {
      event: 'publish',
      changes: { publishedVersion: published.version },
      log: { kind: 'published', details: { version: published.version, effectiveFrom } },
    };
  });
}
