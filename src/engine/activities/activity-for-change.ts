import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { findActivitiesNamed, findActivity, type ActivityRow } from '../../store/activity-store.js';
import { lockCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import type { ActivityRef } from './activity-ref.js';

/** An activity whose cycle this transaction has locked. */
export interface ActivityWork {
  readonly activity: ActivityRow;
  readonly picture: CyclePicture;
  readonly actor: Actor;
}

/**
 * The activity.
 *
 * @throws DomainError `activity.not-found`, also when several schemes have one of this key and none is named
 */
export async function getActivity(tx: Tx, { scheme, key }: ActivityRef): Promise<ActivityRow> {
  const found = scheme === null ? await findActivitiesNamed(tx, key) : [await findActivity(tx, scheme, key)];
  const [activity] = found.length === 1 ? found : [];
  if (activity === undefined || activity === null)
    throw new DomainError('activity.not-found', { scheme, key });
  return activity;
}

/**
 * The same with its cycle locked until the transaction ends: only so is an activity changed.
 *
 * @param command.expectedVersion of the record; null when any will do
 * @throws DomainError `activity.not-found`, `version.stale`; `cycle.ended` for one that was closed or dropped
 */
export async function activityForChange(
  deps: EngineDeps,
  tx: Tx,
  now: Instant,
  command: ActivityRef & { readonly actor: Actor; readonly expectedVersion: number | null },
): Promise<ActivityWork> {
  const { actor, expectedVersion } = command;
  const { scheme, key, cycleId } = await getActivity(tx, command);
  const cycle = await lockCycle(tx, cycleId);
  const activity = await findActivity(tx, scheme, key);
  if (cycle === null || activity === null) throw new DomainError('activity.not-found', { scheme, key });
  if (expectedVersion !== null && expectedVersion !== activity.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: activity.version });
  }
  if (cycle.status === 'closed' || cycle.status === 'withdrawn') {
    throw new DomainError('cycle.ended', { cycle: cycle.id, status: cycle.status });
  }
  return { activity, actor, picture: await takePicture(deps, tx, cycle, now) };
}
