import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { putEntries } from '../facts/put-entries.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { callForChange, requireStage, requireVersion } from './call-for-change.js';
import { callView, type CallView } from './call-view.js';
import type { CallRef } from './find-call.js';

/**
 * Records that the regions have agreed on the theme, or that they have not: what the first gate of a call asks (R21).
 *
 * @param command.evidence where the agreement can be read; null: nowhere
 * @throws DomainError `auth.role-forbidden`, `call.not-found`, `version.stale`, `cycle.ended`, `call.not-possible` once
 *   the call has been agreed
 */
export async function agreeTheme(
  deps: EngineDeps,
  command: CommandContext &
    CallRef & { readonly isAgreed: boolean; readonly evidence: string | null; readonly note: string | null },
): Promise<CallView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const work = await callForChange(deps, tx, now, command);
    requireVersion(command.expectedVersion, work.call.version);
    requireStage(work, ['proposed'], 'The call has been agreed.');
    const { isAgreed, evidence, note } = command;
    const entry = { fact: 'call.theme_agreed', value: isAgreed, precision: null, evidence, note };
    await putEntries(deps, tx, command.actor, {
      picture: work.picture,
      entries: [{ ...entry, observedOn: work.picture.today }],
    });
    return callView(deps, tx, work.call);
  });
}
