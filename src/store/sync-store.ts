import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { BarrierRule, SyncPointDefinition } from '../core/sync/sync-point.js';
import type { Instant } from '../core/terms/instant.js';
import type { Labels } from '../core/terms/language.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export type SyncMemberState = 'waiting' | 'arrived' | 'resting' | 'left';

/** What was true when a sync point was released; kept for good. */
export interface ReleasedWith {
  readonly arrived: readonly string[];
  readonly missing: readonly string[];
}

export const syncPointTable = defineEntity({
  name: 'SyncPoint',
  tableName: 'sync_points',
  properties: {
    scheme: p.string().primary(),
    id: p.string().primary(),
    labels: p.json<Labels>(),
    milestone: p.string(),
    rule: p.json<BarrierRule>(),
    deadline: p.json<SyncPointDefinition['deadline']>(),
    lateJoiner: p.string().$type<SyncPointDefinition['lateJoiner']>(),
    leaver: p.string().$type<SyncPointDefinition['leaver']>(),
    releases: p.json<SyncPointDefinition['releases']>(),
    releasedAt: instantColumn().nullable(),
    releasedWith: p.json<ReleasedWith>().nullable(),
    version: p.integer().version(),
  },
});

export const syncMemberTable = defineEntity({
  name: 'SyncMember',
  tableName: 'sync_members',
  properties: {
    scheme: p.string().primary(),
    syncPoint: p.string().primary(),
    region: p.string().primary(),
    state: p.string().$type<SyncMemberState>(),
    since: instantColumn(),
  },
});

export type SyncPointRow = Readonly<InferEntity<typeof syncPointTable>>;
export type SyncMemberRow = Readonly<InferEntity<typeof syncMemberTable>>;

export function addSyncPoint(
  tx: Tx,
  point: Omit<SyncPointRow, 'version' | 'releasedAt' | 'releasedWith'>,
  members: readonly string[],
  at: Instant,
): void {
  tx.persist(tx.create(syncPointTable, { ...point, releasedAt: null, releasedWith: null }));
  for (const region of members) {
    tx.persist(
      tx.create(syncMemberTable, {
        scheme: point.scheme,
        syncPoint: point.id,
        region,
        state: 'waiting',
        since: at,
      }),
    );
  }
}

/**
 * The sync points of a scheme that count on a region (and wait for the milestone, if one is given), locked in
 * the order of their ids so that two regions arriving at once cannot block each other.
 */
export async function lockSyncPointsOf(
  tx: Tx,
  scheme: string,
  region: string,
  milestone: string | null,
): Promise<readonly SyncPointRow[]> {
  const memberships = await tx.find(syncMemberTable, { scheme, region });
  return tx.find(
    syncPointTable,
    {
      scheme,
      id: { $in: memberships.map((member) => member.syncPoint) },
      ...(milestone === null ? {} : { milestone }),
    },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** The members of a sync point by NUTS code. */
export async function listSyncMembers(
  tx: Tx,
  scheme: string,
  syncPoint: string,
): Promise<readonly SyncMemberRow[]> {
  return tx.find(syncMemberTable, { scheme, syncPoint }, { orderBy: { region: 'asc' }, refresh: true });
}

export async function setSyncMember(
  tx: Tx,
  member: SyncMemberRow,
  state: SyncMemberState,
  since: Instant,
): Promise<void> {
  Object.assign(member, { state, since });
  await tx.flush();
}

export async function releaseSyncPoint(
  tx: Tx,
  point: SyncPointRow,
  releasedAt: Instant,
  releasedWith: ReleasedWith,
): Promise<void> {
  Object.assign(point, { releasedAt, releasedWith });
  await tx.flush();
}

export async function listSyncPoints(tx: Tx, scheme: string): Promise<readonly SyncPointRow[]> {
  return tx.find(syncPointTable, { scheme }, { orderBy: { id: 'asc' } });
}

/** Sync points with this id in any scheme (ids are unique within a scheme). */
export async function findSyncPoints(tx: Tx, id: string): Promise<readonly SyncPointRow[]> {
  return tx.find(syncPointTable, { id }, { orderBy: { scheme: 'asc' } });
}

/** The sync point, locked until the transaction ends; null when there is none. */
export async function lockSyncPoint(tx: Tx, scheme: string, id: string): Promise<SyncPointRow | null> {
  return tx.findOne(syncPointTable, { scheme, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** When the regions of a scheme first reached a milestone, in any of their cycles, by NUTS code. */
export async function listReachedBy(
  tx: Tx,
  scheme: string,
  milestone: string,
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await tx.execute<{ region: string; at: Date | string }[]>(
    `select c.region, min(m.reached_at) as at from milestones m join cycles c on c.id = m.cycle_id
     where c.scheme = ? and m.milestone = ? group by 1`,
    [scheme, milestone],
  );
  return new Map(rows.map(({ region, at }) => [region, new Date(at).toISOString() as Instant]));
}
