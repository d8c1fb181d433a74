import { requireRole } from '../access/require-role.js';
import { requireOwnPart } from '../access/require-own-part.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { callForChange, partIn } from './call-for-change.js';
import { callView, type CallView } from './call-view.js';
import type { CallRef } from './find-call.js';
import { leavePart } from './leave-part.js';
import { settlePackage } from './settle-package.js';

/**
 * A region leaves a call, with a reason; what it promised is no longer counted, and whether enough regions are left is
 * judged anew.
 *
 * @throws DomainError `auth.role-forbidden`, `region.not-leading` for an authority of another region, `call.not-found`,
 *   `call.region-not-in`, `cycle.ended`
 */
export async function leaveCall(
  deps: EngineDeps,
  command: CommandContext & CallRef & { readonly region: string; readonly reason: string },
): Promise<CallView> {
  requireRole(command.actor, ['coordinator', 'authority', 'system']);
  requireOwnPart(command.actor, command.region);
  return runCommand(deps, command, async (tx, now) => {
    const work = await callForChange(deps, tx, now, command);
    const { reason } = command;
    const part = partIn(work, command.region);
    const change = await leavePart(deps, tx, work, {
      part,
      leaving: { state: 'left', reason, told: reason },
    });
    await settlePackage(deps, tx, work, [change]);
    return callView(deps, tx, work.call);
  });
}
