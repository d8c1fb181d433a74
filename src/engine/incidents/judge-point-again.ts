import { canStillHold } from '../../core/proof/sync-point-prospect.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import { listReachedBy, listSyncMembers, lockSyncPoint, setSyncMember } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { judgeSyncPoint } from '../sync/judge-sync-point.js';
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
  if (point === null || (point.releasedAt ?? null) !== null) return { done: 'nothing', settled: true };
  const living = new Set(
    (await listRegionCycles(tx, scheme))
      .filter(({ status }) => status === 'active' || status === 'suspended')
      .map(({ region }) => region),
  );
  const reached = await listReachedBy(tx, scheme, point.milestone);
  for (const member of await listSyncMembers(tx, scheme, id)) {
    if (member.state === 'arrived') continue;
    const at = reached.get(member.region);
    if (!living.has(member.region)) await setSyncMember(tx, member, 'left', now);
    else if (member.state === 'waiting' && at !== undefined) await setSyncMember(tx, member, 'arrived', at);
  }
  const { holds } = await judgeSyncPoint(deps, tx, point, now);
  if (holds) return { done: 'released', settled: true };
  const members = (await listSyncMembers(tx, scheme, id)).map(({ region, state }) => ({
    region,
    state,
    isLiving: living.has(region),
  }));
  return { done: 'judged', settled: canStillHold(point.rule, members, point.leaver) };
}
