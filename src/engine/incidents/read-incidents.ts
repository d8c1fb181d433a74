import type { Actor } from '../../core/terms/actor.js';
import { listIncidents, type IncidentRow } from '../../store/incident-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';

/** What went wrong inside and needs a person, not yet resolved, the newest first. */
export async function readIncidents(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly limit: number },
): Promise<readonly IncidentRow[]> {
  requireRole(query.actor, ['coordinator', 'administrator', 'auditor', 'steering_group', 'system']);
  return deps.database.read((tx) => listIncidents(tx, query.limit));
}
