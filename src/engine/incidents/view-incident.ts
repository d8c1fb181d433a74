import { listIncidentActions, type IncidentActionRow } from '../../store/incident-action-store.js';
import type { IncidentRow } from '../../store/incident-store.js';
import type { Tx } from '../../store/tx.js';
import { remedyOf } from './remedy.js';

/** An incident and what was done about it. */
export interface IncidentView {
  readonly incident: IncidentRow;
  readonly actions: readonly IncidentActionRow[];
  /** Whether the program has a remedy of its own for it. */
  readonly isRetryable: boolean;
}

export async function viewIncident(tx: Tx, incident: IncidentRow): Promise<IncidentView> {
  await tx.flush();
  const actions = await listIncidentActions(tx, incident.id);
  return {
    incident: { ...incident },
    actions: actions.map((action) => ({ ...action })),
    isRetryable: (incident.resolvedAt ?? null) === null && remedyOf(incident.kind) !== null,
  };
}
