import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { BarrierRule } from '../core/sync/barrier-rule.js';
import type { SyncPointDefinition } from '../core/sync/sync-point.js';
import type { SyncScope } from '../core/sync/sync-scope.js';
import type { MemberPart, MemberState, Tally } from '../core/sync/tally.js';
import type { Instant } from '../core/terms/instant.js';
import type { Labels } from '../core/terms/language.js';
import { dateColumn, instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export type SyncMemberState = MemberState;

/** What was true when a sync point was released; kept for good. */
export interface ReleasedWith {
  readonly arrived: readonly string[];
  readonly missing: readonly string[];
  /** Absent in what was released by an earlier version of the program: by the rule. */
  readonly by?: 'rule' | 'deadline' | 'hand';
  /** Account and reason of whoever released it by hand. */
  readonly actor?: string;
  readonly reason?: string;
}

export const syncPointTable = defineEntity({
  name: 'SyncPoint',
  tableName: 'sync_points',
  properties: {
    scheme: p.string().primary(),
    id: p.string().primary(),
    scopeKind: p.string().$type<SyncScope['kind']>(),
    /** Of the activity or the call; null: the scheme's own. */
    scopeKey: p.string().nullable(),
    /** Id of the template that it was placed by; null: none. */
    template: p.string().nullable(),
    labels: p.json<Labels>(),
    milestone: p.string(),
    rule: p.json<BarrierRule>(),
    deadline: p.json<SyncPointDefinition['deadline']>(),
    /** The last day, and the instant at which it is over; null: none is set (the instant: or it was set by a file). */
    deadlineOn: dateColumn().nullable(),
    deadlineAt: instantColumn().nullable(),
    /** When its policy was applied; null: not yet. */
    deadlinePassedAt: instantColumn().nullable(),
    lateJoiner: p.string().$type<SyncPointDefinition['lateJoiner']>(),
    leaver: p.string().$type<SyncPointDefinition['leaver']>(),
    releases: p.json<SyncPointDefinition['releases']>(),
    placedAt: instantColumn().nullable(),
    releasedAt: instantColumn().nullable(),
    /** Not read with a lock: it names every member (see `findReleasedWith`). */
    releasedWith: p.json<ReleasedWith>().nullable().lazy(),
    cancelledAt: instantColumn().nullable(),
    /** Account id. */
    cancelledBy: p.string().nullable(),
    cancelReason: p.string().nullable(),
    /** The counts of its members; null: they have to be counted. */
    tally: p.json<Tally>().nullable(),
    /** Names of the facts that its rule asks about. */
    facts: p.json<readonly string[]>(),
    /** Since when too few members are left; null: it can still hold, or has ended. */
    unreachableAt: instantColumn().nullable(),
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
    state: p.string().$type<MemberState>(),
    since: instantColumn(),
    /** Of one that has left; null: not known, or it has not. */
    why: p.string().$type<'withdrawn' | 'dropped' | 'stepped-out'>().nullable(),
    /** What it is to each leaf of the rule; null: it has to be worked out. */
    parts: p.json<readonly MemberPart[]>().nullable(),
    /** When the release was carried to it; null: not yet. */
    toldAt: instantColumn().nullable(),
  },
});

type SyncPointEntity = InferEntity<typeof syncPointTable>;
export type SyncPointRow = Readonly<SyncPointEntity>;
export type SyncMemberRow = Readonly<InferEntity<typeof syncMemberTable>>;

type Required =
  'scheme' | 'id' | 'labels' | 'milestone' | 'rule' | 'deadline' | 'lateJoiner' | 'leaver' | 'releases';
type Placed = 'scopeKind' | 'scopeKey' | 'template' | 'deadlineOn' | 'deadlineAt' | 'tally' | 'facts';
export type NewSyncPoint = Pick<SyncPointRow, Required> & Partial<Pick<SyncPointRow, Placed>>;

/** A member as it is placed: by name alone it waits, and what it is to the rule has to be worked out. */
export type NewSyncMember =
  | string
  | (Pick<SyncMemberRow, 'region' | 'state' | 'since'> & Partial<Pick<SyncMemberRow, 'parts' | 'why'>>);

export function addSyncPoint(
  tx: Tx,
  point: NewSyncPoint,
  members: readonly NewSyncMember[],
  at: Instant,
): SyncPointRow {
  const row = tx.create(syncPointTable, {
    scopeKind: 'scheme',
    scopeKey: null,
    template: null,
    deadlineOn: null,
    deadlineAt: null,
    tally: null,
    facts: [],
    ...point,
    placedAt: at,
    deadlinePassedAt: null,
    releasedAt: null,
    releasedWith: null,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    unreachableAt: null,
  });
  tx.persist(row);
  for (const member of members) addSyncMember(tx, point, member, at);
  return row;
}

export function addSyncMember(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id'>,
  member: NewSyncMember,
  at: Instant,
): SyncMemberRow {
  const given =
    typeof member === 'string' ? { region: member, state: 'waiting' as const, since: at } : member;
  const row = tx.create(syncMemberTable, {
    why: null,
    parts: null,
    ...given,
    scheme: point.scheme,
    syncPoint: point.id,
    toldAt: null,
  });
  tx.persist(row);
  return row;
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

/** The sync points of an activity or a call, locked in the order of their ids. */
export async function lockSyncPointsIn(
  tx: Tx,
  scheme: string,
  scope: { readonly kind: SyncScope['kind']; readonly key: string },
): Promise<readonly SyncPointRow[]> {
  return tx.find(
    syncPointTable,
    { scheme, scopeKind: scope.kind, scopeKey: scope.key },
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

/** One member of a sync point; null: the region is none. */
export async function findSyncMember(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id'>,
  region: string,
): Promise<SyncMemberRow | null> {
  return tx.findOne(
    syncMemberTable,
    { scheme: point.scheme, syncPoint: point.id, region },
    { refresh: true },
  );
}

/** Writes changes of a member of a sync point that this transaction has locked. */
export async function changeSyncMember(
  tx: Tx,
  member: SyncMemberRow,
  changes: Partial<Pick<SyncMemberRow, 'state' | 'since' | 'why' | 'parts'>>,
): Promise<void> {
  Object.assign(member, changes);
  await tx.flush();
}

/** Writes changes of a sync point that this transaction has locked, and raises its version. */
export async function changeSyncPoint(
  tx: Tx,
  point: SyncPointRow,
  changes: Partial<
    Pick<
      SyncPointEntity,
      | 'tally'
      | 'deadline'
      | 'deadlineOn'
      | 'deadlineAt'
      | 'deadlinePassedAt'
      | 'releasedAt'
      | 'releasedWith'
      | 'cancelledAt'
      | 'cancelledBy'
      | 'cancelReason'
      | 'unreachableAt'
    >
  >,
): Promise<void> {
  Object.assign(point, changes);
  await tx.flush();
}

/** Everybody who waits or rests has left; gives their NUTS codes. */
export async function dropLateMembers(
  tx: Tx,
  point: Pick<SyncPointRow, 'scheme' | 'id'>,
  at: Instant,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ region: string }[]>(
    `update sync_members set state = 'left', why = 'dropped', since = ?
     where scheme = ? and sync_point = ? and state in ('waiting', 'resting') returning region`,
    [at, point.scheme, point.id],
  );
  return rows.map(({ region }) => region).toSorted();
}

export async function listSyncPoints(tx: Tx, scheme: string): Promise<readonly SyncPointRow[]> {
  return tx.find(syncPointTable, { scheme }, { orderBy: { id: 'asc' }, populate: ['releasedWith'] });
}

/** Sync points with this id in any scheme (ids are unique within a scheme). */
export async function findSyncPoints(tx: Tx, id: string): Promise<readonly SyncPointRow[]> {
  return tx.find(syncPointTable, { id }, { orderBy: { scheme: 'asc' }, populate: ['releasedWith'] });
}

/** The sync point, locked until the transaction ends; null when there is none. */
export async function lockSyncPoint(tx: Tx, scheme: string, id: string): Promise<SyncPointRow | null> {
  return tx.findOne(syncPointTable, { scheme, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** The regions that are members of any sync point of an activity or a call and have not left it, by NUTS code. */
export async function listScopeMembers(
  tx: Tx,
  scheme: string,
  scope: { readonly kind: SyncScope['kind']; readonly key: string },
): Promise<readonly string[]> {
  const rows = await tx.execute<{ region: string }[]>(
    `select distinct m.region from sync_members m
     join sync_points p on p.scheme = m.scheme and p.id = m.sync_point
     where p.scheme = ? and p.scope_kind = ? and p.scope_key = ? and m.state <> 'left' order by 1`,
    [scheme, scope.kind, scope.key],
  );
  return rows.map(({ region }) => region);
}

/** Whether an open sync point of the region asks about one of these facts. */
export async function asksAbout(
  tx: Tx,
  {
    scheme,
    region,
    facts,
  }: { readonly scheme: string; readonly region: string; readonly facts: readonly string[] },
): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    `select 1 from sync_points p join sync_members m on m.scheme = p.scheme and m.sync_point = p.id
     where p.scheme = ? and p.facts <> '[]' and p.released_at is null and p.cancelled_at is null and m.region = ?
       and exists (select 1 from jsonb_array_elements_text(?::jsonb) f (name) where p.facts @> to_jsonb(f.name))
     limit 1`,
    [scheme, region, JSON.stringify(facts)],
  );
  return rows.length > 0;
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
