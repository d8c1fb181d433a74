import { DomainError } from '../../core/terms/domain-error.js';
import { findSyncPoints, lockSyncPoint, type SyncPointRow } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { statusOf } from './point-standing.js';

/** Which sync point a command is about; with several schemes the scheme has to be named. */
export interface SyncPointWish {
  readonly id: string;
  /** Null: the only scheme that has such a point. */
  readonly scheme: string | null;
  /** The version that the caller has seen; null: any will do. */
  readonly expectedVersion: number | null;
}

/** The scheme of a sync point. @throws DomainError `sync-point.not-found` */
export async function schemeOfPoint(tx: Tx, wish: Pick<SyncPointWish, 'id' | 'scheme'>): Promise<string> {
  const [found, ...others] = (await findSyncPoints(tx, wish.id)).filter(
    ({ scheme }) => wish.scheme === null || scheme === wish.scheme,
  );
  if (found === undefined || others.length > 0) {
    throw new DomainError('sync-point.not-found', { id: wish.id, scheme: wish.scheme });
  }
  return found.scheme;
}

/**
 * A sync point that nobody has released or cancelled, locked until the transaction ends.
 *
 * @throws DomainError `sync-point.not-found`; `version.stale` when it has changed since; `sync-point.ended`
 */
export async function getSyncPointForChange(tx: Tx, wish: SyncPointWish): Promise<SyncPointRow> {
  const { id, expectedVersion } = wish;
  const scheme = await schemeOfPoint(tx, wish);
  const point = await lockSyncPoint(tx, scheme, id);
  if (point === null) throw new DomainError('sync-point.not-found', { id, scheme });
  if (expectedVersion !== null && expectedVersion !== point.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: point.version });
  }
  const status = statusOf(point);
  if (status !== 'open') {
    throw new DomainError('sync-point.ended', {
      status,
      reason: status === 'released' ? 'The sync point has been released.' : 'The sync point was cancelled.',
    });
  }
  return point;
}
