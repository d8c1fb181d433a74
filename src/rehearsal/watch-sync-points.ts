import type { EngineDeps } from '../engine/engine-deps.js';
import { readSyncPoints, type SyncPointView } from '../engine/sync/read-sync-points.js';
import type { DetailOf } from './rehearsal-event.js';

/** What has changed at the sync points since the last look: who has arrived, what was released. */
export function watchSyncPoints(
  deps: EngineDeps,
  scheme: string,
): () => Promise<readonly (DetailOf<'sync-arrived'> | DetailOf<'sync-released'>)[]> {
  const arrivedBefore = new Map<string, ReadonlySet<string>>();
  const releasedBefore = new Set<string>();
  return async () => {
    const news: (DetailOf<'sync-arrived'> | DetailOf<'sync-released'>)[] = [];
    for (const view of await readSyncPoints(deps, scheme)) {
      const syncPoint = { id: view.point.id, label: view.point.labels.en };
      const before = arrivedBefore.get(syncPoint.id) ?? new Set();
      const regions = inOrderOfArrival(view).filter((region) => !before.has(region));
      arrivedBefore.set(syncPoint.id, new Set(view.state.arrived));
      if (regions.length > 0) {
        news.push({
          type: 'sync-arrived',
          syncPoint,
          regions,
          arrived: view.state.arrived.length,
          needed: view.state.needed,
          missing: view.state.missing,
          isReleased: releasedBefore.has(syncPoint.id),
        });
      }
      const { releasedAt, releasedWith } = view.point;
      if ((releasedAt ?? null) === null || releasedBefore.has(syncPoint.id)) continue;
      releasedBefore.add(syncPoint.id);
      const { arrived = [], missing = [] } = releasedWith ?? {};
      news.push({ type: 'sync-released', syncPoint, arrived, missing });
    }
    return news;
  };
}

function inOrderOfArrival({ members, state }: SyncPointView): readonly string[] {
  const since = new Map(members.map((member) => [member.region, member.since]));
  const time = (region: string): string => since.get(region) ?? '';
  return state.arrived.toSorted((a, b) => time(a).localeCompare(time(b)));
}
