import { activityFacts, type ActivityMember } from '../../core/activities/activity-facts.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { listActivityRegions, type ActivityRow } from '../../store/activity-store.js';
import type { RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { putEntries } from '../facts/put-entries.js';
import { massRegions } from './mass-regions.js';

/** The regions of an activity with their part, in the order of the scheme. */
export async function membersOf(
  tx: Tx,
  activity: Pick<ActivityRow, 'scheme' | 'key'>,
  regions: readonly RegionRow[],
): Promise<readonly ActivityMember[]> {
  const mass = await massRegions(tx, activity.scheme, regions);
  const parts = new Map(
    (await listActivityRegions(tx, activity.scheme, activity.key)).map(({ region, state }) => [
      region,
      state,
    ]),
  );
  return [...mass.values()].flatMap((region) => {
    const state = parts.get(region.region);
    return state === undefined ? [] : [{ ...region, state }];
  });
}

/**
 * Counts an activity's record anew and records what has changed as facts of its cycle, which this transaction holds:
 * so its gates, its rules that must stand, its history and every look into its past know of it.
 */
export async function putActivityFacts(
  deps: EngineDeps,
  tx: Tx,
  { cycle, regions, now }: CyclePicture,
  activity: ActivityRow,
): Promise<CyclePicture> {
  const picture = await takePicture(deps, tx, cycle, now);
  const { linkedProjects, driver } = activity;
  const members = await membersOf(tx, activity, regions);
  const known = new Map(picture.known.map(({ fact, value }) => [fact, value]));
  const changed = [...activityFacts({ linkedProjects, driver, members })].filter(
    ([fact, value]) => value !== (known.get(fact) ?? null),
  );
  const entries = changed.map(([fact, value]) => {
    return { fact, value, precision: null, observedOn: null, evidence: null, note: null };
  });
  return putEntries(deps, tx, SYSTEM_ACTOR, { picture, entries });
}
