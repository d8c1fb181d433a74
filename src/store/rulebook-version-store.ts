import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { CalendarDate } from '../core/calendar/calendar-date.js';
import type { RulebookDefinition } from '../core/gates/rulebook-schema.js';
import type { Instant } from '../core/terms/instant.js';
import { dateColumn, instantColumn, type WholeRow } from './columns.js';
import type { Tx } from './tx.js';

/** Where the content of a version comes from. */
export type VersionOrigin = 'file' | 'draft' | 'roll-back';

export const rulebookVersionTable = defineEntity({
  name: 'RulebookVersion',
  tableName: 'rulebook_versions',
  properties: {
    id: p.string().primary(),
    version: p.integer().primary(),
    hash: p.string(),
    definition: p.json<RulebookDefinition>().columnType('json'),
    catalogueId: p.string(),
    catalogueVersion: p.integer(),
    effectiveFrom: dateColumn(),
    /** The last day on which an emergency version counts; null for every other. */
    endsOn: dateColumn().nullable(),
    origin: p.string().$type<VersionOrigin>(),
    draftId: p.uuid().nullable(),
    emergency: p.boolean(),
    reason: p.string(),
    publishedBy: p.string(),
    publishedAt: instantColumn(),
    retiredAt: instantColumn().nullable(),
    retiredBy: p.string().nullable(),
    retiredReason: p.string().nullable(),
  },
});

export type RulebookVersionRow = WholeRow<InferEntity<typeof rulebookVersionTable>>;

/** Lets one transaction at a time publish or retire versions of a rulebook; the others wait for its commit. */
export async function lockRulebook(tx: Tx, id: string): Promise<void> {
  await tx.execute("select pg_advisory_xact_lock(hashtextextended('rulebook ' || ?, 0))", [id]);
}

export function addVersion(
  tx: Tx,
  version: Omit<RulebookVersionRow, 'retiredAt' | 'retiredBy' | 'retiredReason'>,
): void {
  const kept = { ...version, retiredAt: null, retiredBy: null, retiredReason: null };
  tx.persist(tx.create(rulebookVersionTable, kept));
}

/** Null when there is no such version. */
export async function findVersion(tx: Tx, id: string, version: number): Promise<RulebookVersionRow | null> {
  return (await tx.findOne(rulebookVersionTable, { id, version })) as RulebookVersionRow | null;
}

/** The versions with this number, or all of them for null, the retired ones included, by id and version. */
export async function listVersions(tx: Tx, version: number | null): Promise<readonly RulebookVersionRow[]> {
  const order = { id: 'asc', version: 'asc' } as const;
  return (await tx.find(rulebookVersionTable, version === null ? {} : { version }, {
    orderBy: order,
  })) as RulebookVersionRow[];
}

/** Numbers of the versions of a rulebook from `version` on. */
export async function versionsFrom(tx: Tx, id: string, version: number): Promise<readonly number[]> {
  const rows = await tx.execute<{ version: number }[]>(
    'select version from rulebook_versions where id = ? and version >= ? order by version',
    [id, version],
  );
  return rows.map((row) => row.version);
}

/** The highest number that a version of this rulebook has; 0: there is none. */
export async function highestVersion(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.execute<{ highest: number | null }[]>(
    'select max(version) as highest from rulebook_versions where id = ?',
    [id],
  );
  return row?.highest ?? 0;
}

/**
 * The version that counts for what begins on the day `today`: the newest that is in effect, neither retired nor, if
 * it was published in an emergency, over. Null when there is none.
 */
export async function countingVersion(
  tx: Tx,
  id: string,
  today: CalendarDate,
): Promise<RulebookVersionRow | null> {
  const found = await tx.findOne(
    rulebookVersionTable,
    {
      id,
      retiredAt: null,
      effectiveFrom: { $lte: today },
      $or: [{ endsOn: null }, { endsOn: { $gte: today } }],
    },
    { orderBy: { version: 'desc' } },
  );
  return found as RulebookVersionRow | null;
}

export async function retireVersion(
  tx: Tx,
  version: RulebookVersionRow,
  retirement: { readonly by: string; readonly at: Instant; readonly reason: string },
): Promise<void> {
  const { by: retiredBy, at: retiredAt, reason: retiredReason } = retirement;
  Object.assign(version, { retiredBy, retiredAt, retiredReason });
  await tx.flush();
}
