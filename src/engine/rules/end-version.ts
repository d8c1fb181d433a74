import { applyLifeEvent, PUBLISHED_LIFE_SNAPSHOT } from '../../core/rulebooks/rulebook-life.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { changeDraftRow, lockDraft } from '../../store/rulebook-draft-store.js';
import { appendRulebookLog } from '../../store/rulebook-log-store.js';
import { retireVersion as retireRow, type RulebookVersionRow } from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';

/** Nothing that the life asks about content matters at its end. */
const NO_FACTS = { authors: [], tests: null, coverageMin: 0, alarms: null, signedBy: null, approvedBy: null };

/** Retires a version that counts, and the draft that it came from. @throws DomainError `rulebook.retired` */
export async function endVersion(
  tx: Tx,
  version: RulebookVersionRow,
  end: { readonly actor: Actor; readonly at: Instant; readonly reason: string },
): Promise<void> {
  if (version.retiredAt !== null) throw new DomainError('rulebook.retired', { version: version.version });
  const { actor, at, reason } = end;
  const decision = applyLifeEvent(PUBLISHED_LIFE_SNAPSHOT, { type: 'retire', by: actor.id, facts: NO_FACTS });
  if (decision.kind !== 'moved') throw new DomainError('internal', { decision: decision.kind });
  await retireRow(tx, version, { by: actor.id, at, reason });
  const draft = version.draftId === null ? null : await lockDraft(tx, version.draftId);
  if (draft !== null) {
    const { snapshot } = decision;
    await changeDraftRow(tx, draft, { snapshot, state: snapshot.value, changedAt: at });
  }
  await appendRulebookLog(tx, {
    rulebook: version.id,
    version: version.version,
    draftId: version.draftId,
    kind: 'retired',
    actor,
    at,
    details: { reason },
  });
}
