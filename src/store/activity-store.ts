import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { PartState } from '../core/activities/activity-facts.js';
import type { TransformativeActivity } from '../core/activities/transformative-activity.js';
import type { Instant } from '../core/terms/instant.js';
import type { Labels } from '../core/terms/language.js';
import { instantColumn, type WholeRow } from './columns.js';
import type { Tx } from './tx.js';

/** A project that belongs to an activity, and where it can be read of; null: nowhere. */
export interface LinkedProject {
  readonly title: string;
  readonly url: string | null;
}

/** The record of an activity. How far it has come stands in its cycle, its scores among the cycle's facts. */
export const activityTable = defineEntity({
  name: 'Activity',
  tableName: 'activities',
  properties: {
    scheme: p.string().primary(),
    key: p.string().primary(),
    /** Never changes; whoever changes the record holds the lock of this cycle. */
    cycleId: p.uuid(),
    name: p.json<Labels>(),
    theme: p.string(),
    linkedProjects: p.json<readonly LinkedProject[]>(),
    driver: p.json<NonNullable<TransformativeActivity['driver']>>().nullable(),
    origins: p.json<TransformativeActivity['origins']>(),
    /** Key of the activity that it was merged into. */
    mergedInto: p.string().nullable(),
    /** Goes up with each change of the record or of a region's part; the ETag of the API. */
    version: p.integer(),
    proposedAt: instantColumn(),
    changedAt: instantColumn(),
  },
});

export const activityRegionTable = defineEntity({
  name: 'ActivityRegion',
  tableName: 'activity_regions',
  properties: {
    scheme: p.string().primary(),
    activity: p.string().primary(),
    /** NUTS code. */
    region: p.string().primary(),
    state: p.string().$type<PartState>(),
    since: instantColumn(),
  },
});

type ActivityEntity = InferEntity<typeof activityTable>;
export type ActivityRow = WholeRow<ActivityEntity>;
export type ActivityRegionRow = Readonly<InferEntity<typeof activityRegionTable>>;
export type ActivityChanges = Partial<
  Pick<ActivityRow, 'name' | 'linkedProjects' | 'driver' | 'origins' | 'mergedInto'>
> & { readonly changedAt: Instant };

/** Lets one transaction at a time propose activities of a scheme; the others wait for its commit. */
export async function lockActivities(tx: Tx, scheme: string): Promise<void> {
  await tx.execute("select pg_advisory_xact_lock(hashtextextended('activities ' || ?, 0))", [scheme]);
}

export function addActivity(tx: Tx, activity: Omit<ActivityRow, 'version' | 'mergedInto'>): ActivityRow {
  const row = tx.create(activityTable, { ...activity, mergedInto: null, version: 1 });
  tx.persist(row);
  return row as ActivityRow;
}

/** Null when there is none. Who wants to change it reads it again under the lock of its cycle. */
export async function findActivity(tx: Tx, scheme: string, key: string): Promise<ActivityRow | null> {
  return (await tx.findOne(activityTable, { scheme, key }, { refresh: true })) as ActivityRow | null;
}

/** Null for a cycle that is not the run of an activity. */
export async function findActivityOfCycle(tx: Tx, cycleId: string): Promise<ActivityRow | null> {
  return (await tx.findOne(activityTable, { cycleId }, { refresh: true })) as ActivityRow | null;
}

/** The activities with this key, one at most for each scheme. */
export async function findActivitiesNamed(tx: Tx, key: string): Promise<readonly ActivityRow[]> {
  return (await tx.find(activityTable, { key }, { orderBy: { scheme: 'asc' } })) as ActivityRow[];
}

/** Activities in the order of scheme and key. @param filter.region only those of which it is or was a part */
export async function listActivities(
  tx: Tx,
  filter: { readonly scheme?: string | undefined; readonly region?: string | undefined },
): Promise<readonly ActivityRow[]> {
  const { scheme, region } = filter;
  const keys =
    region === undefined
      ? null
      : await tx.find(activityRegionTable, { region, ...(scheme === undefined ? {} : { scheme }) });
  if (keys?.length === 0) return [];
  return (await tx.find(
    activityTable,
    {
      ...(scheme === undefined ? {} : { scheme }),
      ...(keys === null ? {} : { $or: keys.map((one) => ({ scheme: one.scheme, key: one.activity })) }),
    },
    { orderBy: { scheme: 'asc', key: 'asc' } },
  )) as ActivityRow[];
}

/** Writes changes of the record, and raises its version. */
export async function writeActivity(tx: Tx, activity: ActivityRow, changes: ActivityChanges): Promise<void> {
  Object.assign(activity, changes, { version: activity.version + 1 });
  await tx.flush();
}

/** The parts of the regions, by NUTS code, those of regions that have left included. */
export async function listActivityRegions(
  tx: Tx,
  scheme: string,
  activity: string,
): Promise<readonly ActivityRegionRow[]> {
  return tx.find(activityRegionTable, { scheme, activity }, { orderBy: { region: 'asc' }, refresh: true });
}

/** Sets a region's part, its first included. */
export async function setActivityRegion(tx: Tx, part: ActivityRegionRow): Promise<void> {
  const { scheme, activity, region, state, since } = part;
  const before = await tx.findOne(activityRegionTable, { scheme, activity, region });
  if (before === null) tx.persist(tx.create(activityRegionTable, { ...part }));
  else Object.assign(before, { state, since });
  await tx.flush();
}

/** The living activities that a region is a part of, by key. */
export async function listActivitiesWith(
  tx: Tx,
  scheme: string,
  region: string,
): Promise<readonly { readonly key: string; readonly cycleId: string }[]> {
  return tx.execute<{ key: string; cycleId: string }[]>(
    `select a.key, a.cycle_id as "cycleId" from activities a
     join activity_regions r on r.scheme = a.scheme and r.activity = a.key
     join cycles c on c.id = a.cycle_id
     where a.scheme = ? and r.region = ? and r.state <> 'left' and c.status in ('active', 'suspended')
     order by a.key`,
    [scheme, region],
  );
}

/** What the regions of a scheme turn to, as their definitions say, in the scheme's own order. */
export async function listRegionOrigins(
  tx: Tx,
  scheme: string,
): Promise<
  readonly {
    readonly nuts: string;
    readonly origins: TransformativeActivity['origins'][number]['origin'][];
  }[]
> {
  return tx.execute(
    `select nuts, coalesce(profile -> 'origins', '[]'::jsonb) as origins
     from regions where scheme = ? order by position`,
    [scheme],
  );
}

/** The class of each region as an administrator has recorded it, by NUTS code; absent: as its definition says. */
export async function listRecordedClasses(tx: Tx, scheme: string): Promise<ReadonlyMap<string, unknown>> {
  const rows = await tx.execute<{ region: string; class: unknown }[]>(
    `select c.region, f.value as class from facts f join cycles c on c.id = f.cycle_id
     where c.scheme = ? and c.subject = 'region' and f.fact = 'region.class' order by f.recorded_at`,
    [scheme],
  );
  return new Map(rows.map((row) => [row.region, row.class]));
}

/** Enters what a region turns to, unless that is known already. */
export async function addRegionOrigins(
  tx: Tx,
  {
    scheme,
    nuts,
    origins,
  }: { readonly scheme: string; readonly nuts: string; readonly origins: readonly unknown[] },
): Promise<void> {
  await tx.execute(
    `update regions set profile = profile || jsonb_build_object('origins', ?::jsonb)
     where scheme = ? and nuts = ? and not jsonb_exists(profile, 'origins')`,
    [JSON.stringify(origins), scheme, nuts],
  );
}
