import { DomainError } from '../../core/terms/domain-error.js';
import { listActivityRegions } from '../../store/activity-store.js';
import { lockCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import { moveCycle } from '../cycles/move-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { activityForChange, getActivity, type ActivityWork } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';
import { activityView, type ActivityView } from './activity-view.js';
import { askRegion } from './ask-region.js';
import { noteChange } from './note-change.js';
import { putActivityFacts } from './put-activity-facts.js';

/**
 * Merges other activities of the scheme into one: their projects and origins come to it, their regions are asked to
 * take part in it (to what they have confirmed was another theme), and they are dropped.
 *
 * @param command.merged keys of the others
 * @throws DomainError `auth.role-forbidden`, `activity.not-found`, `cycle.ended`, `version.stale`; `activity.invalid`
 *   for a merger with itself
 */
export async function mergeActivities(
  deps: EngineDeps,
  command: CommandContext &
    ActivityRef & { readonly merged: readonly string[]; readonly note: string | null },
): Promise<ActivityView> {
  requireRole(command.actor, ['coordinator', 'system']);
  return runCommand(deps, command, async (tx, now) => {
    const { actor, note } = command;
    const target = await getActivity(tx, command);
    const { scheme, key } = target;
    const keys = [...new Set(command.merged)].toSorted();
    if (keys.includes(key)) {
      throw new DomainError('activity.invalid', {
        pointer: '/merged',
        reason: 'It cannot be merged with itself.',
      });
    }
    const others = [];
    for (const other of keys) others.push(await getActivity(tx, { scheme, key: other }));
    // In one order for all, so that two mergers cannot block each other.
    for (const id of [target, ...others].map(({ cycleId }) => cycleId).toSorted()) await lockCycle(tx, id);

    const work = await activityForChange(deps, tx, now, { ...command, scheme });
    for (const other of keys) {
      const from = await activityForChange(deps, tx, now, {
        scheme,
        key: other,
        actor,
        expectedVersion: null,
      });
      await take(deps, tx, work, { from, note });
    }
    await putActivityFacts(deps, tx, work.picture, work.activity);
    return activityView(deps, tx, work.activity);
  });
}

async function take(
  deps: EngineDeps,
  tx: Tx,
  work: ActivityWork,
  { from, note }: { readonly from: ActivityWork; readonly note: string | null },
): Promise<void> {
  const { activity } = work;
  const { scheme, key } = activity;
  const titles = activity.linkedProjects.map(({ title }) => title);
  const linkedProjects = [
    ...activity.linkedProjects,
    ...from.activity.linkedProjects.filter(({ title }) => !titles.includes(title)),
  ];
  const known = activity.origins.map(nameOf);
  const origins = [
    ...activity.origins,
    ...from.activity.origins.filter((origin) => !known.includes(nameOf(origin))),
  ];
  const before = { linkedProjects: activity.linkedProjects, origins: activity.origins };
  const after = { linkedProjects, origins, merged: from.activity.key };
  await noteChange(tx, work, { change: 'merged', before, after, note }, { linkedProjects, origins });

  const present = await listActivityRegions(tx, scheme, key);
  for (const { region, state } of await listActivityRegions(tx, scheme, from.activity.key)) {
    const part = present.find((one) => one.region === region)?.state ?? null;
    if (state === 'left' || part === 'proposed' || part === 'confirmed') continue;
    await askRegion(deps, tx, work, { region, before: part, note });
  }
  await noteChange(tx, from, { change: 'merged-into', before: null, after: key, note }, { mergedInto: key });
  const move = await moveCycle(deps, tx, from.actor, {
    picture: from.picture,
    wish: { type: 'withdraw', to: null, note, decidedOn: null },
  });
  if (move.kind === 'refused') {
    throw new DomainError('activity.not-possible', { key: from.activity.key, reason: move.code });
  }
}

function nameOf({ region, origin }: ActivityWork['activity']['origins'][number]): string {
  return `${region}/${origin.title}`;
}
