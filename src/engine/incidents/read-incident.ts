import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findIncident } from '../../store/incident-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { viewIncident, type IncidentView } from './view-incident.js';

/** One incident, resolved or not. @throws DomainError `auth.role-forbidden`, `incident.not-found` */
export async function readIncident(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly incidentId: string },
): Promise<IncidentView> {
  requireRole(query.actor, ['coordinator', 'administrator', 'auditor', 'steering_group', 'system']);
  return deps.database.read(async (tx) => {
    const incident = await findIncident(tx, query.incidentId);
    if (incident === null) throw new DomainError('incident.not-found', { incident: query.incidentId });
    return viewIncident(tx, incident);
  });
}
