import { DomainError } from '../../core/terms/domain-error.js';
import { addIncidentAction } from '../../store/incident-action-store.js';
import { lockOpenIncident, resolveIncident } from '../../store/incident-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { viewIncident, type IncidentView } from './view-incident.js';

/**
 * Resolves an incident because a person says so, with the reason on record. Nothing else is done: if the fault is
 * still there, the doctor raises another incident.
 *
 * @throws DomainError `auth.role-forbidden`; `incident.not-found`, also for one that is resolved
 */
export async function resolveByHand(
  deps: EngineDeps,
  command: CommandContext & { readonly incidentId: string; readonly reason: string },
): Promise<IncidentView> {
  requireRole(command.actor, ['coordinator', 'administrator', 'system']);
  const { actor, incidentId, reason } = command;
  return runCommand(deps, command, async (tx, now) => {
    const incident = await lockOpenIncident(tx, incidentId);
    if (incident === null) throw new DomainError('incident.not-found', { incident: incidentId });
    await resolveIncident(tx, incident, now);
    addIncidentAction(tx, {
      id: deps.newId(),
      incidentId,
      action: 'resolve',
      reason,
      outcome: { settled: true },
      actorId: actor.id,
      actorName: actor.name,
      at: now,
    });
    return viewIncident(tx, incident);
  });
}
