import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const incidentTable = defineEntity({
  name: 'Incident',
  tableName: 'incidents',
  properties: {
    id: p.uuid().primary(),
    kind: p.string(),
    cycleId: p.uuid().nullable(),
    details: p.json<Readonly<Record<string, unknown>>>(),
    raisedAt: instantColumn(),
    resolvedAt: instantColumn().nullable(),
  },
});

export type IncidentRow = Readonly<InferEntity<typeof incidentTable>>;

export function addIncident(tx: Tx, incident: Omit<IncidentRow, 'resolvedAt'>): void {
  tx.persist(tx.create(incidentTable, { ...incident, resolvedAt: null }));
}

/** Incidents that nobody has resolved, the newest first, at most `limit`. */
export async function listIncidents(tx: Tx, limit: number): Promise<readonly IncidentRow[]> {
  return tx.find(incidentTable, { resolvedAt: null }, { orderBy: { raisedAt: 'desc', id: 'asc' }, limit });
}
