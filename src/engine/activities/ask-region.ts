import { setActivityRegion } from '../../store/activity-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { joinScope } from '../sync/join-scope.js';
import type { ActivityWork } from './activity-for-change.js';
import { noteChange } from './note-change.js';
import { scopeOf } from './scope-of.js';

/** Asks a region of the scheme to take part: its authority is told, and the activity's sync points count on it. */
export async function askRegion(
  deps: EngineDeps,
  tx: Tx,
  work: ActivityWork,
  asked: { readonly region: string; readonly before: string | null; readonly note: string | null },
): Promise<void> {
  const { activity, picture, actor } = work;
  const { region, before, note } = asked;
  const { now, today } = picture;
  const { scheme, key } = activity;
  await setActivityRegion(tx, { scheme, activity: key, region, state: 'proposed', since: now });
  await noteChange(tx, work, { change: 'region-asked', region, before, after: 'proposed', note });
  await joinScope(deps, tx, { ...scopeOf(activity), region, now });
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme,
      region,
      cycleId: picture.cycle.id,
      audience: ['authority'],
      template: 'activity.region-asked',
      params: {
        name: activity.name,
        region: picture.regions.find(({ nuts }) => nuts === region)?.name ?? region,
        date: { date: today },
        by: actor.name,
        note: note ?? '',
      },
    },
    now,
  );
}
