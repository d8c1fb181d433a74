import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { countingVersion, findVersion, lockRulebook } from '../../store/rulebook-version-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { endVersion } from './end-version.js';
import { RULEBOOK_ZONE } from './publish-version.js';
import { findPublished, versionView, type VersionView } from './read-rulebooks.js';

/**
 * Takes a version out of use: no cycle is pinned to it any more. Those that are keep it until they enter a stage or
 * are moved.
 *
 * @param command.id null: the only rulebook that has this version
 * @throws DomainError `definition.not-found`, `rulebook.retired`, `rulebook.last-version` when no other one would
 *   count today; `auth.role-forbidden`
 */
export async function retireVersion(
  deps: EngineDeps,
  command: CommandContext & {
    readonly id: string | null;
    readonly version: number;
    readonly reason: string;
  },
): Promise<VersionView> {
  requireRole(command.actor, ['administrator']);
  const { actor, reason } = command;
  if (reason.trim() === '') throw new DomainError('request.invalid', { pointer: '/reason' });
  return runCommand(deps, command, async (tx, now) => {
    const { rulebook } = await findPublished(deps, tx, command);
    await lockRulebook(tx, rulebook.id);
    const version = await findVersion(tx, rulebook.id, rulebook.version);
    if (version === null) throw new DomainError('definition.not-found', { ...command });
    await endVersion(tx, version, { actor, at: now, reason });
    if ((await countingVersion(tx, rulebook.id, dateInZone(now, RULEBOOK_ZONE))) === null) {
      throw new DomainError('rulebook.last-version', { version: rulebook.version });
    }
    return versionView(tx, version, now);
  });
}
