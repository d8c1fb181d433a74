import { FIRST_LIFE_SNAPSHOT } from '../../core/rulebooks/rulebook-life.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { addDraft } from '../../store/rulebook-draft-store.js';
import { appendRulebookLog } from '../../store/rulebook-log-store.js';
import { highestVersion } from '../../store/rulebook-version-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { draftView, type DraftView } from './draft-view.js';
import { judgeDraft } from './judge-draft.js';
import { findPublished } from './read-rulebooks.js';

/**
 * Makes a draft of the next version of a rulebook from any version of it, also from one that is retired.
 *
 * @param command.id null: the only rulebook that has this version
 * @throws DomainError `definition.not-found`, `auth.role-forbidden`; `draft.invalid` when this program would not
 *   accept the version any more
 */
export async function draftRulebook(
  deps: EngineDeps,
  command: CommandContext & { readonly id: string | null; readonly from: number; readonly reason: string },
): Promise<DraftView> {
  requireRole(command.actor, ['administrator']);
  const { actor, from, reason } = command;
  if (reason.trim() === '') throw new DomainError('request.invalid', { pointer: '/reason' });
  return runCommand(deps, command, async (tx, now) => {
    const { rulebook: base } = await findPublished(deps, tx, { id: command.id, version: from });
    const version = (await highestVersion(tx, base.id)) + 1;
    const rulebook = judgeDraft(deps, base, version, { ...base.definition, version });
    const draft = addDraft(tx, {
      id: deps.newId(),
      rulebook: base.id,
      baseVersion: base.version,
      baseHash: base.hash,
      definition: rulebook.definition,
      hash: rulebook.hash,
      snapshot: FIRST_LIFE_SNAPSHOT,
      state: FIRST_LIFE_SNAPSHOT.value,
      author: actor.id,
      authors: [actor.id],
      reason,
      report: null,
      checkReport: null,
      approvedBy: null,
      approvedAt: null,
      signedBy: null,
      signedAt: null,
      signedReason: null,
      emergency: false,
      emergencyEndsOn: null,
      publishedVersion: null,
      createdAt: now,
      changedAt: now,
    });
    await appendRulebookLog(tx, {
      rulebook: base.id,
      version: null,
      draftId: draft.id,
      kind: 'drafted',
      actor,
      at: now,
      details: { from: base.version, hash: rulebook.hash, reason },
    });
    return draftView(draft);
  });
}
