import { canStillHold } from '../../core/proof/sync-point-prospect.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import { listReachedBy, listSyncMembers, lockSyncPoint } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeSyncPoint } from '../sync/judge-sync-point.js';
import { statusOf } from '../sync/point-standing.js';
import { stepSyncPoint } from '../sync/step-sync-point.js';
import type { Remedying, RemedyOutcome } from './remedy-request.js';

/**
 * Brings the members of a sync point up to what is known of their cycles, and judges it again: who has reached the
 * milestone has arrived, who has no living cycle and has not arrived is gone.
 */
export async function judgePointAgain(
  deps: EngineDeps,
  tx: Tx,
  { incident, now }: Remedying,
): Promise<RemedyOutcome> {
  const [scheme = '', id = ''] = incident.subject.split('/');
  const point = await lockSyncPoint(tx, scheme, id);
  if (point === null || statusOf(point) !== 'open') return { done: 'nothing', settled: true };
  const living = new Set(
    (await listRegionCycles(tx, scheme))
      .filter(({ status }) => status === 'active' || status === 'suspended')
      .map(({ region }) => region),
  );
  const reached = await listReachedBy(tx, scheme, point.milestone);
  const members = await listSyncMembers(tx, scheme, id);
  for (const { region, state } of members) {
    const at = reached.get(region);
    if (state !== 'waiting' || at === undefined || !living.has(region)) continue;
    await stepSyncPoint(deps, tx, point, { event: { type: 'arrive', at }, region, now });
  }
  for (const { region, state } of members) {
    if (state === 'arrived' || living.has(region)) continue;
    await stepSyncPoint(deps, tx, point, {
      event: { type: 'leave', at: now },
      region,
      why: 'withdrawn',
      now,
    });
  }
  await judgeSyncPoint(deps, tx, point, now);
  if (statusOf(point) === 'released') return { done: 'released', settled: true };
  const standing = (await listSyncMembers(tx, scheme, id)).map(({ region, state, parts }) => ({
    region,
    state,
    parts,
    isLiving: living.has(region),
  }));
  return { done: 'judged', settled: canStillHold(point.rule, standing, point.leaver) };
}
