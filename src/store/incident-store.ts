import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const incidentTable = defineEntity({
  name: 'Incident',
  tableName: 'incidents',
  properties: {
    id: p.uuid().primary(),
    kind: p.string(),
    cycleId: p.uuid().nullable(),
    /** What is at fault, for those of which one is enough: an open incident of the same kind and subject; else empty. */
    subject: p.string(),
    details: p.json<Readonly<Record<string, unknown>>>(),
    raisedAt: instantColumn(),
    resolvedAt: instantColumn().nullable(),
  },
});

export type IncidentRow = Readonly<InferEntity<typeof incidentTable>>;

export function addIncident(
  tx: Tx,
  incident: Omit<IncidentRow, 'resolvedAt' | 'subject'> & { readonly subject?: string },
): void {
  tx.persist(tx.create(incidentTable, { subject: '', ...incident, resolvedAt: null }));
}

/** Incidents that nobody has resolved, the newest first, at most `limit`. */
export async function listIncidents(tx: Tx, limit: number): Promise<readonly IncidentRow[]> {
  return tx.find(incidentTable, { resolvedAt: null }, { orderBy: { raisedAt: 'desc', id: 'asc' }, limit });
}

/** The unresolved incidents of one kind, of one cycle or (null) of none, the oldest first. */
export async function listOpenIncidents(
  tx: Tx,
  about: { readonly kind: string; readonly cycleId: string | null },
): Promise<readonly IncidentRow[]> {
  return tx.find(
    incidentTable,
    { kind: about.kind, cycleId: about.cycleId, resolvedAt: null },
    { orderBy: { raisedAt: 'asc', id: 'asc' } },
  );
}

/** It is in order again. */
export async function resolveIncident(tx: Tx, incident: IncidentRow, at: Instant): Promise<void> {
  Object.assign(incident, { resolvedAt: at });
  await tx.flush();
}

/** Raises an incident unless one of the same kind and subject is open; false when one is. */
export async function raiseOnce(
  tx: Tx,
  incident: Omit<IncidentRow, 'resolvedAt' | 'cycleId'> & { readonly cycleId: string | null },
): Promise<boolean> {
  const { id, kind, cycleId, subject, details, raisedAt } = incident;
  const rows = await tx.execute<unknown[]>(
    `insert into incidents (id, kind, cycle_id, subject, details, raised_at) values (?, ?, ?, ?, ?::jsonb, ?)
     on conflict do nothing returning id`,
    [id, kind, cycleId, subject, JSON.stringify(details), raisedAt],
  );
  return rows.length > 0;
}

/** Null when there is none of this id. */
export async function findIncident(tx: Tx, id: string): Promise<IncidentRow | null> {
  return tx.findOne(incidentTable, { id });
}

/** The id of the unresolved incident of a kind about a subject; null: there is none. */
export async function findOpenIncident(
  tx: Tx,
  about: { readonly kind: string; readonly subject: string },
): Promise<string | null> {
  const found = await tx.findOne(incidentTable, { ...about, resolvedAt: null });
  return found?.id ?? null;
}

/** The incident, locked until the transaction ends, if nobody has resolved it; else null. */
export async function lockOpenIncident(tx: Tx, id: string): Promise<IncidentRow | null> {
  return tx.findOne(
    incidentTable,
    { id, resolvedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** The unresolved incidents of these kinds that have a subject, by kind and subject. */
export async function listOpenOfKinds(tx: Tx, kinds: readonly string[]): Promise<readonly IncidentRow[]> {
  return tx.find(
    incidentTable,
    { kind: { $in: [...kinds] }, subject: { $ne: '' }, resolvedAt: null },
    { orderBy: { kind: 'asc', subject: 'asc' } },
  );
}

/** How many incidents nobody has resolved. */
export async function countOpenIncidents(tx: Tx): Promise<number> {
  return tx.count(incidentTable, { resolvedAt: null });
}
