import { DomainError } from '../../core/terms/domain-error.js';
import { lockCycle } from '../../store/cycle-store.js';
import { addIncidentAction } from '../../store/incident-action-store.js';
import { findIncident, lockOpenIncident, resolveIncident } from '../../store/incident-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { viewIncident, type IncidentView } from './view-incident.js';
import { remedyOf } from './remedy.js';

/**
 * Applies the remedy of an incident, where the program has one, and writes down who did and what came of it. An
 * incident that is over by it is resolved; if the fault comes back, the doctor raises another.
 *
 * @throws DomainError `auth.role-forbidden`, `incident.not-found` (also for one that is resolved),
 *   `incident.not-retryable`, and whatever keeps the remedy from being applied, as `definition.not-found`
 */
export async function retryIncident(
  deps: EngineDeps,
  command: CommandContext & { readonly incidentId: string },
): Promise<IncidentView> {
  requireRole(command.actor, ['coordinator', 'administrator', 'system']);
  const { actor, incidentId } = command;
  return runCommand(deps, command, async (tx, now) => {
    const seen = await findIncident(tx, incidentId);
    // The cycle before its incidents, as everybody locks them.
    if (seen !== null && (seen.cycleId ?? null) !== null) await lockCycle(tx, seen.cycleId ?? '');
    const incident = await lockOpenIncident(tx, incidentId);
    if (incident === null) throw new DomainError('incident.not-found', { incident: incidentId });
    const remedy = remedyOf(incident.kind);
    if (remedy === null) throw new DomainError('incident.not-retryable', { kind: incident.kind });

    const outcome = await remedy(deps, tx, { incident, actor, now });
    if (outcome.settled && (incident.resolvedAt ?? null) === null) await resolveIncident(tx, incident, now);
    addIncidentAction(tx, {
      id: deps.newId(),
      incidentId,
      action: 'retry',
      reason: '',
      outcome: { ...outcome },
      actorId: actor.id,
      actorName: actor.name,
      at: now,
    });
    return viewIncident(tx, incident);
  });
}
