import type { Actor } from '../../core/terms/actor.js';
import { findActivityOfCycle, listActivityRegions } from '../../store/activity-store.js';
import { lockSyncPointsIn } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { arriveAt } from '../sync/arrive-at.js';
import { placeSyncPoints } from '../sync/place-sync-points.js';
import { stepSyncPoint } from '../sync/step-sync-point.js';
import { scopeOf } from './scope-of.js';

/** With what a region arrives at the sync points of an activity. */
export const ACTIVITY_CONFIRMED = 'activity-confirmed';

/**
 * Gives the activity of a cycle its sync points, with the regions that take part; those that have confirmed already
 * have arrived. An activity that comes by here again keeps those that it has.
 */
export async function placeActivityPoints(
  deps: EngineDeps,
  tx: Tx,
  { cycle, now }: CyclePicture,
): Promise<void> {
  const activity = await findActivityOfCycle(tx, cycle.id);
  if (activity === null) return;
  const { scheme, key } = activity;
  const { scope } = scopeOf(activity);
  if ((await lockSyncPointsIn(tx, scheme, scope)).length > 0) return;
  const parts = (await listActivityRegions(tx, scheme, key)).filter(({ state }) => state !== 'left');
  const members = parts.map(({ region }) => region);
  await placeSyncPoints(deps, tx, { scheme, scope: 'activity', key, members, now });
  for (const { region, state } of parts) {
    if (state !== 'confirmed') continue;
    await arriveAt(deps, tx, { scheme, scope, region, milestone: ACTIVITY_CONFIRMED, now });
  }
}

/** Nobody waits for an activity any more: its sync points that are still shut are cancelled. */
export async function cancelActivityPoints(
  deps: EngineDeps,
  tx: Tx,
  { cycle, now }: CyclePicture,
  hand: { readonly actor: Actor; readonly reason: string },
): Promise<void> {
  const activity = await findActivityOfCycle(tx, cycle.id);
  if (activity === null) return;
  const { scheme, scope } = scopeOf(activity);
  for (const point of await lockSyncPointsIn(tx, scheme, scope)) {
    await stepSyncPoint(deps, tx, point, { event: { type: 'cancel' }, region: null, hand, now });
  }
}
