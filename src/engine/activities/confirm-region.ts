import { DomainError } from '../../core/terms/domain-error.js';
import { listActivityRegions, setActivityRegion } from '../../store/activity-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { arriveAt } from '../sync/arrive-at.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { ACTIVITY_CONFIRMED } from './activity-points.js';
import { activityForChange } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';
import { activityView, type ActivityView } from './activity-view.js';
import { withdrawnRegions } from './mass-regions.js';
import { noteChange } from './note-change.js';
import { putActivityFacts } from './put-activity-facts.js';
import { requireOwnPart } from '../access/require-own-part.js';
import { scopeOf } from './scope-of.js';

/**
 * A region says that it takes part: it arrives at the activity's sync points, and counts for its critical mass.
 * Confirming twice changes nothing.
 *
 * @throws DomainError `activity.not-found`, `cycle.ended`, `version.stale`, `auth.role-forbidden`; `region.not-leading`
 *   for an authority of another region; `region.not-found` for a region that was not asked; `activity.not-possible`
 *   for one that has left, or withdrawn from the scheme
 */
export async function confirmRegion(
  deps: EngineDeps,
  command: CommandContext & ActivityRef & { readonly region: string; readonly note: string | null },
): Promise<ActivityView> {
  requireRole(command.actor, ['authority', 'coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { region, note, actor } = command;
    const work = await activityForChange(deps, tx, now, command);
    const { activity, picture } = work;
    requireOwnPart(actor, region);
    const { scheme, key } = activity;
    const part = (await listActivityRegions(tx, scheme, key)).find((one) => one.region === region);
    if (part === undefined) throw new DomainError('region.not-found', { region });
    if (part.state === 'confirmed') return activityView(deps, tx, activity);
    const hasWithdrawn = (await withdrawnRegions(tx, scheme)).has(region);
    if (part.state === 'left' || hasWithdrawn) {
      const reason = 'The region takes part no more; ask it again first.';
      throw new DomainError('activity.not-possible', { region, reason });
    }

    await setActivityRegion(tx, { scheme, activity: key, region, state: 'confirmed', since: now });
    const change = 'region-confirmed';
    await noteChange(tx, work, { change, region, before: part.state, after: 'confirmed', note });
    await putActivityFacts(deps, tx, picture, activity);
    await arriveAt(deps, tx, { ...scopeOf(activity), region, milestone: ACTIVITY_CONFIRMED, now });
    return activityView(deps, tx, activity);
  });
}
