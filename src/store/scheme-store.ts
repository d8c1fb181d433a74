import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Labels, Language } from '../core/terms/language.js';
import { dateColumn, instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const schemeTable = defineEntity({
  name: 'Scheme',
  tableName: 'schemes',
  properties: {
    id: p.string().primary(),
    name: p.json<Labels>(),
    startsOn: dateColumn(),
    endsOn: dateColumn(),
    workflowId: p.string(),
    workflowVersion: p.integer(),
    rulebookId: p.string(),
    rulebookVersion: p.integer(),
    openedAt: instantColumn(),
  },
});

export const regionTable = defineEntity({
  name: 'Region',
  tableName: 'regions',
  properties: {
    scheme: p.string().primary(),
    nuts: p.string().primary(),
    /** Place in the scheme's list, from 0: the board keeps the order in which the scheme names its regions. */
    position: p.integer(),
    name: p.json<Labels>(),
    country: p.string(),
    language: p.string().$type<Language>(),
    zone: p.string(),
    calendar: p.string(),
    class: p.string().nullable(),
    neighbours: p.json<readonly string[]>(),
    profile: p.json<Readonly<Record<string, unknown>>>(),
  },
});

export type SchemeRow = Readonly<InferEntity<typeof schemeTable>>;
type RegionEntity = InferEntity<typeof regionTable>;
/** A region without its profile, which is long and which no decision looks at. */
export type RegionRow = Readonly<Omit<RegionEntity, 'profile'>>;

/** Lets one transaction at a time open schemes; the others wait for its commit. */
export async function lockSchemes(tx: Tx): Promise<void> {
  await tx.execute('lock table schemes in share row exclusive mode');
}

export function addScheme(tx: Tx, scheme: SchemeRow, regions: readonly Readonly<RegionEntity>[]): void {
  tx.persist(tx.create(schemeTable, { ...scheme }));
  for (const region of regions) tx.persist(tx.create(regionTable, { ...region }));
}

/** Locks a scheme until the transaction ends, so that what is unique within it is added by one at a time. */
export async function lockScheme(tx: Tx, id: string): Promise<void> {
  await tx.execute('select 1 from schemes where id = ? for no key update', [id]);
}

/** Every scheme, by id. */
export async function listSchemes(tx: Tx): Promise<readonly SchemeRow[]> {
  return tx.find(schemeTable, {}, { orderBy: { id: 'asc' } });
}

/** Null when there is no such scheme. */
export async function findScheme(tx: Tx, id: string): Promise<SchemeRow | null> {
  return tx.findOne(schemeTable, { id });
}

/** The scheme's regions in its own order; empty when there is no such scheme. */
export async function listRegions(tx: Tx, scheme: string): Promise<readonly RegionRow[]> {
  // Every decision reads them: as plain rows they come three times as fast as as entities.
  return tx.execute<RegionRow[]>(
    `select scheme, nuts, position, name, country, language, zone, calendar, class, neighbours
     from regions where scheme = ? order by position`,
    [scheme],
  );
}
