import { judgeBarrier, type BarrierState } from '../../core/sync/barrier.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import { cycleView, type CycleView } from '../cycles/cycle-view.js';
import {
  findSyncPoints,
  listSyncMembers,
  listSyncPoints,
  type SyncMemberRow,
  type SyncPointRow,
} from '../../store/sync-store.js';
import { findScheme, listSchemes } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/** A sync point, who is there, and what is still needed. */
export interface SyncPointView {
  readonly point: SyncPointRow;
  readonly members: readonly SyncMemberRow[];
  readonly state: BarrierState;
  /** The latest cycle of each region of the scheme, by NUTS code: where those are that have not arrived. */
  readonly cycles: ReadonlyMap<string, CycleView>;
}

/**
 * The sync points of a scheme, by id.
 *
 * @param scheme null: of every scheme, one after the other
 * @throws DomainError `scheme.not-found`
 */
export async function readSyncPoints(
  deps: EngineDeps,
  scheme: string | null,
): Promise<readonly SyncPointView[]> {
  return deps.database.read(async (tx) => {
    if (scheme !== null && (await findScheme(tx, scheme)) === null) {
      throw new DomainError('scheme.not-found', { pointer: '/scheme', scheme });
    }
    const found: SyncPointView[] = [];
    for (const id of scheme === null ? (await listSchemes(tx)).map((one) => one.id) : [scheme]) {
      found.push(...(await views(tx, await listSyncPoints(tx, id))));
    }
    return found;
  });
}

/**
 * One sync point. Its id is unique within a scheme; with several schemes the scheme has to be named.
 *
 * @param query.scheme null: the only scheme that has such a point
 * @throws DomainError `sync-point.not-found`, also when several schemes have one and none is named
 */
export async function readSyncPoint(
  deps: EngineDeps,
  query: { readonly id: string; readonly scheme: string | null },
): Promise<SyncPointView> {
  return deps.database.read(async (tx) => {
    const points = (await findSyncPoints(tx, query.id)).filter(
      ({ scheme }) => query.scheme === null || scheme === query.scheme,
    );
    const [view] = points.length === 1 ? await views(tx, points) : [];
    if (view === undefined) throw new DomainError('sync-point.not-found', { ...query });
    return view;
  });
}

async function views(tx: Tx, points: readonly SyncPointRow[]): Promise<readonly SyncPointView[]> {
  const found: SyncPointView[] = [];
  for (const point of points) {
    const members = await listSyncMembers(tx, point.scheme, point.id);
    const state = judgeBarrier(point.rule, members, point.leaver);
    // By the time of opening: the latest cycle of a region is the one that stays.
    const cycles = (await listRegionCycles(tx, point.scheme)).map(
      (cycle) => [cycle.region, cycleView(cycle)] as const,
    );
    found.push({ point, members, state, cycles: new Map(cycles) });
  }
  return found;
}
