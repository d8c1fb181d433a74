import { DomainError } from '../../core/terms/domain-error.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { activityForChange } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';
import { activityView, type ActivityView } from './activity-view.js';
import { dropPart } from './drop-part.js';
import { requireOwnPart } from '../access/require-own-part.js';

/**
 * A region takes part no more, or never did after it was asked; everything is counted again without it.
 *
 * @throws DomainError `activity.not-found`, `cycle.ended`, `version.stale`, `auth.role-forbidden`; `region.not-leading`
 *   for an authority of another region; `region.not-found` for a region that takes no part
 */
export async function leaveRegion(
  deps: EngineDeps,
  command: CommandContext & ActivityRef & { readonly region: string; readonly note: string | null },
): Promise<ActivityView> {
  requireRole(command.actor, ['authority', 'coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { region, note, actor } = command;
    const work = await activityForChange(deps, tx, now, command);
    requireOwnPart(actor, region);
    const wasThere = await dropPart(deps, tx, work, { region, note, told: note ?? '' });
    if (!wasThere) throw new DomainError('region.not-found', { region });
    return activityView(deps, tx, work.activity);
  });
}
