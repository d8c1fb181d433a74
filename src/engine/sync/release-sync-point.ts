import type { Instant } from '../../core/terms/instant.js';
import {
  changeSyncPoint,
  listSyncMembers,
  type ReleasedWith,
  type SyncPointRow,
} from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { releaseNews } from './release-news.js';
import { recordScopeChange } from './record-scope-change.js';
import type { SyncHand } from './sync-hand.js';

/** How many members one job tells of a release. */
export const FAN_OUT_REGIONS_MAX = 100;

/**
 * Notes that a locked sync point is released and has it carried to everybody: those of the scheme as a whole with this
 * transaction, its members in batches by jobs of their own, all of which are recorded now. Whoever has left is not
 * told. What was true stays on record, the gaps with it.
 */
export async function releaseSyncPoint(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  {
    by,
    now,
    hand,
  }: {
    readonly by: NonNullable<ReleasedWith['by']>;
    readonly now: Instant;
    /** Of one that is released by hand. */
    readonly hand?: SyncHand;
  },
): Promise<void> {
  const members = await listSyncMembers(tx, point.scheme, point.id);
  const arrived = members.filter(({ state }) => state === 'arrived').map(({ region }) => region);
  const counts = (state: string) =>
    state === 'waiting' || (point.leaver === 'hold' && (state === 'left' || state === 'resting'));
  const missing = members.filter(({ state }) => counts(state)).map(({ region }) => region);
  await changeSyncPoint(tx, point, {
    releasedAt: now,
    releasedWith: {
      arrived,
      missing,
      by,
      ...(hand === undefined ? {} : { actor: hand.actor.id, reason: hand.reason }),
    },
  });
  const params = await releaseNews(tx, point);
  for (const { template, audience } of point.releases) {
    const schemeWide = audience.filter((role) => role !== 'authority');
    if (schemeWide.length === 0) continue;
    const told = { type: 'notify', scheme: point.scheme, region: null, cycleId: null } as const;
    await recordEffect(deps, tx, { ...told, audience: schemeWide, ...params(template) }, now);
  }
  const present = members.filter(({ state }) => state !== 'left').map(({ region }) => region);
  for (let at = 0; at < present.length; at += FAN_OUT_REGIONS_MAX) {
    const regions = present.slice(at, at + FAN_OUT_REGIONS_MAX);
    const { scheme, id: syncPoint } = point;
    await recordEffect(deps, tx, { type: 'sync-fan-out', scheme, syncPoint, regions }, now);
  }
  await recordScopeChange(deps, tx, point, { change: 'released', regions: arrived, now });
}
