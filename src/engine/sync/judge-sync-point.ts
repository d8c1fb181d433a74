import { judgeBarrier, type BarrierState } from '../../core/sync/barrier.js';
import type { Instant } from '../../core/terms/instant.js';
import { listRegions } from '../../store/scheme-store.js';
import { listSyncMembers, releaseSyncPoint, type SyncPointRow } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * Judges a sync point that this transaction has locked, and releases it if enough have arrived. What waited for
 * it leaves through the outbox with the release, for every member that is still there; a sync point that has
 * been released stays so and nothing leaves again.
 */
export async function judgeSyncPoint(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  now: Instant,
): Promise<BarrierState> {
  const members = await listSyncMembers(tx, point.scheme, point.id);
  const state = judgeBarrier(point.rule, members, point.leaver);
  if (!state.holds || (point.releasedAt ?? null) !== null) return state;

  await releaseSyncPoint(tx, point, now, { arrived: state.arrived, missing: state.missing });
  const names = new Map((await listRegions(tx, point.scheme)).map(({ nuts, name }) => [nuts, name]));
  const present = members
    .filter(({ state: memberState }) => memberState !== 'left')
    .map(({ region }) => region);
  for (const release of point.releases) {
    const params = {
      syncPoint: point.labels,
      count: state.arrived.length,
      arrived: state.arrived.map((nuts) => names.get(nuts) ?? nuts),
      missing: state.missing.map((nuts) => names.get(nuts) ?? nuts),
    };
    const schemeWide = release.audience.filter((role) => role !== 'authority');
    const common = {
      type: 'notify',
      scheme: point.scheme,
      cycleId: null,
      template: release.template,
      params,
    } as const;
    if (schemeWide.length > 0) {
      await recordEffect(deps, tx, { ...common, region: null, audience: schemeWide }, now);
    }
    if (!release.audience.includes('authority')) continue;
    for (const region of present) {
      await recordEffect(deps, tx, { ...common, region, audience: ['authority'] }, now);
    }
  }
  return state;
}
