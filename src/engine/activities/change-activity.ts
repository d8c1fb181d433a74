import type { TransformativeActivity } from '../../core/activities/transformative-activity.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Labels } from '../../core/terms/language.js';
import { listActivityRegions, type LinkedProject } from '../../store/activity-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { activityForChange } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';
import { activityView, type ActivityView } from './activity-view.js';
import { askRegion } from './ask-region.js';
import { withdrawnRegions } from './mass-regions.js';
import { noteChange } from './note-change.js';
import { requireDriverWithin } from './propose-activity.js';
import { putActivityFacts } from './put-activity-facts.js';
import { requireOwnPart } from '../access/require-own-part.js';

/** What is to be changed; what is absent stays. */
export interface ActivityPatch {
  readonly name?: Labels | undefined;
  /** The whole list. */
  readonly linkedProjects?: readonly LinkedProject[] | undefined;
  /** Null: nobody drives it any more. */
  readonly driver?: TransformativeActivity['driver'] | undefined;
  /** NUTS codes of regions that are to be asked as well; those that take part already are not asked again. */
  readonly ask?: readonly string[] | undefined;
}

/**
 * Changes the record of an activity. The authority of the region that leads may name projects and the driver; name and
 * regions are the coordinator's.
 *
 * @throws DomainError `activity.not-found`, `cycle.ended`, `version.stale`, `auth.role-forbidden`,
 *   `region.not-leading`; `region.not-found` for a region that the scheme does not have or that has withdrawn;
 *   `activity.invalid` for a driver from outside
 */
export async function changeActivity(
  deps: EngineDeps,
  command: CommandContext & ActivityRef & { readonly patch: ActivityPatch; readonly note: string | null },
): Promise<ActivityView> {
  const { actor, patch, note } = command;
  const isForCoordinator = patch.name !== undefined || patch.ask !== undefined;
  requireRole(actor, isForCoordinator ? ['coordinator', 'system'] : ['authority', 'coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const work = await activityForChange(deps, tx, now, command);
    const { activity, picture } = work;
    requireOwnPart(actor, picture.cycle.region);
    const { ask = [], ...named } = patch;
    const changes = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
    const parts = await listActivityRegions(tx, activity.scheme, activity.key);
    const present = parts.filter(({ state }) => state !== 'left').map(({ region }) => region);
    const known = picture.regions.map(({ nuts }) => nuts);
    const gone = await withdrawnRegions(tx, activity.scheme);
    const unknown = ask.find((region) => !known.includes(region) || gone.has(region));
    if (unknown !== undefined)
      throw new DomainError('region.not-found', { pointer: '/ask', region: unknown });
    if (patch.driver !== undefined) requireDriverWithin(patch.driver, [...present, ...ask]);

    if (Object.keys(changes).length > 0) {
      const before = Object.fromEntries(
        Object.entries(activity).filter(([property]) => Object.hasOwn(changes, property)),
      );
      await noteChange(tx, work, { change: 'changed', before, after: changes, note }, changes);
    }
    for (const region of new Set(ask)) {
      if (present.includes(region)) continue;
      const before = parts.find((part) => part.region === region)?.state ?? null;
      await askRegion(deps, tx, work, { region, before, note });
    }
    await putActivityFacts(deps, tx, picture, activity);
    return activityView(deps, tx, activity);
  });
}
