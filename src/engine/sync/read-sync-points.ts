import { judgeBarrier, type BarrierState } from '../../core/sync/barrier.js';
import { DomainError } from '../../core/terms/domain-error.js';
import {
  findSyncPoints,
  listSyncMembers,
  listSyncPoints,
  type SyncMemberRow,
  type SyncPointRow,
} from '../../store/sync-store.js';
import { findScheme } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/** A sync point, who is there, and what is still needed. */
export interface SyncPointView {
  readonly point: SyncPointRow;
  readonly members: readonly SyncMemberRow[];
  readonly state: BarrierState;
}

/** The sync points of a scheme, by id. @throws DomainError `scheme.not-found` */
export async function readSyncPoints(deps: EngineDeps, scheme: string): Promise<readonly SyncPointView[]> {
  return deps.database.read(async (tx) => {
    if ((await findScheme(tx, scheme)) === null) throw new DomainError('scheme.not-found', { scheme });
    return views(tx, await listSyncPoints(tx, scheme));
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
    found.push({ point, members, state: judgeBarrier(point.rule, members, point.leaver) });
  }
  return found;
}
