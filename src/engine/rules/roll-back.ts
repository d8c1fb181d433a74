import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { appendRulebookLog } from '../../store/rulebook-log-store.js';
import { countingVersion, findVersion } from '../../store/rulebook-version-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { publishVersion, RULEBOOK_ZONE } from './publish-version.js';
import { findPublished, versionView, type VersionView } from './read-rulebooks.js';

/**
 * Publishes the content of an older version as a new one. One administrator is enough: the content has been
 * approved and in use before. A version that was published in an emergency has not, and cannot be rolled back to.
 *
 * @param command.effectiveFrom null: today
 * @throws DomainError `definition.not-found`; `rulebook.counts-already`; `draft.same-person` for an emergency
 *   version; `rulebook.date-invalid`; `draft.invalid` when this program would not accept it any more;
 *   `auth.role-forbidden`
 */
export async function rollBack(
  deps: EngineDeps,
  command: CommandContext & {
    readonly id: string | null;
    readonly version: number;
    readonly reason: string;
    readonly effectiveFrom: CalendarDate | null;
  },
): Promise<VersionView> {
  requireRole(command.actor, ['administrator']);
  const { actor, reason } = command;
  if (reason.trim() === '') throw new DomainError('request.invalid', { pointer: '/reason' });
  return runCommand(deps, command, async (tx, now) => {
    const { rulebook: base, row } = await findPublished(deps, tx, command);
    const today = dateInZone(now, RULEBOOK_ZONE);
    const counting = await countingVersion(tx, base.id, today);
    if (counting?.version === base.version) throw new DomainError('rulebook.counts-already');
    if (row.emergency) throw new DomainError('draft.same-person', { version: base.version });
    const published = await publishVersion(deps, tx, {
      base,
      definition: base.definition,
      effectiveFrom: command.effectiveFrom ?? today,
      origin: 'roll-back',
      draftId: null,
      endsOn: null,
      reason,
      by: actor.id,
      now,
    });
    const { id, version, effectiveFrom, hash } = published;
    await appendRulebookLog(tx, {
      rulebook: id,
      version,
      draftId: null,
      kind: 'rolled-back',
      actor,
      at: now,
      details: { to: base.version, effectiveFrom, hash, reason },
    });
    const made = await findVersion(tx, id, version);
    if (made === null) throw new DomainError('internal', { version });
    return versionView(tx, made, now);
  });
}
