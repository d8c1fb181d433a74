import type { NoticeParam } from '../../core/terms/effect.js';
import { listActivityRegions, setActivityRegion } from '../../store/activity-store.js';
import { addIncident } from '../../store/incident-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { leaveScope } from '../sync/leave-scope.js';
import type { ActivityWork } from './activity-for-change.js';
import { noteChange } from './note-change.js';
import { putActivityFacts } from './put-activity-facts.js';
import { scopeOf } from './scope-of.js';

/** Kind of the incident that an activity's leading region takes part no more. */
export const LEAD_LEFT = 'activity.lead-left';

/**
 * Takes a region out of an activity that this transaction holds: its sync points are judged again without it, the
 * critical mass is counted anew (a rule that must stand raises its incident by that), and the coordinator is told. The
 * cycle stays in the calendar of the region that has led it; that this region is gone is an incident of its own.
 *
 * @returns false where it takes no part anyway
 */
export async function dropPart(
  deps: EngineDeps,
  tx: Tx,
  work: ActivityWork,
  leaver: { readonly region: string; readonly note: string | null; readonly told: NoticeParam },
): Promise<boolean> {
  const { activity, picture, actor } = work;
  const { region, note, told } = leaver;
  const { cycle, now, today, regions } = picture;
  const { scheme, key } = activity;
  const parts = await listActivityRegions(tx, scheme, key);
  const before = parts.find((part) => part.region === region)?.state;
  if (before === undefined || before === 'left') return false;

  await setActivityRegion(tx, { scheme, activity: key, region, state: 'left', since: now });
  await noteChange(tx, work, { change: 'region-left', region, before, after: 'left', note });
  await putActivityFacts(deps, tx, picture, activity);
  await leaveScope(deps, tx, { ...scopeOf(activity), region, now });
  if (region === cycle.region) {
    const details = { scheme, activity: key, region };
    addIncident(tx, { id: deps.newId(), kind: LEAD_LEFT, cycleId: cycle.id, details, raisedAt: now });
  }
  const nameOf = (nuts: string): NoticeParam => regions.find((one) => one.nuts === nuts)?.name ?? nuts;
  const remaining = (await listActivityRegions(tx, scheme, key)).filter(({ state }) => state !== 'left');
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme,
      region: null,
      cycleId: cycle.id,
      audience: ['coordinator'],
      template: 'activity.region-left',
      params: {
        name: activity.name,
        region: nameOf(region),
        date: { date: today },
        by: actor.name,
        note: told,
        regions: remaining.map(
          (part) => regions.find(({ nuts }) => nuts === part.region)?.name ?? part.region,
        ),
      },
    },
    now,
  );
  return true;
}
