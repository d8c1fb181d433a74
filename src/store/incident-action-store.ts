import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** What somebody has done about an incident. Only grows: a trigger says no to everything else. */
export const incidentActionTable = defineEntity({
  name: 'IncidentAction',
  tableName: 'incident_actions',
  properties: {
    id: p.uuid().primary(),
    incidentId: p.uuid(),
    action: p.string().$type<'retry' | 'resolve'>(),
    /** Empty where none was given. */
    reason: p.text(),
    /** What came of it, as `{done: 'released', settled: true}`. */
    outcome: p.json<Readonly<Record<string, unknown>>>(),
    actorId: p.string(),
    actorName: p.string(),
    at: instantColumn(),
  },
});

export type IncidentActionRow = Readonly<InferEntity<typeof incidentActionTable>>;

export function addIncidentAction(tx: Tx, action: IncidentActionRow): void {
  tx.persist(tx.create(incidentActionTable, { ...action }));
}

/** What was done about an incident, in order. */
export async function listIncidentActions(tx: Tx, incidentId: string): Promise<readonly IncidentActionRow[]> {
  return tx.find(incidentActionTable, { incidentId }, { orderBy: { at: 'asc', id: 'asc' } });
}
