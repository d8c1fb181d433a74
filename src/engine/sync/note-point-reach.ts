import { makeFinding } from '../../core/proof/finding.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { addIncidentAction } from '../../store/incident-action-store.js';
import {
  findOpenIncident,
  lockOpenIncident,
  raiseOnce,
  resolveIncident,
} from '../../store/incident-store.js';
import { changeSyncPoint, listSyncMembers, type SyncPointRow } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { tellUnreachable } from './tell-sync-point.js';

const KIND = 'sync-point.unreachable';

/** Members that an incident names. */
const NAMED_MAX = 100;

/**
 * A sync point at which too few members are left is an incident in the transaction that makes it so, and no more one
 * when it can hold again or has ended. The same kind and subject as the doctor finds, so that there is one.
 */
export async function notePointReach(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  { isReachable, now }: { readonly isReachable: boolean; readonly now: Instant },
): Promise<void> {
  const isNoted = (point.unreachableAt ?? null) !== null;
  if (isReachable === !isNoted) return;
  const subject = `${point.scheme}/${point.id}`;
  await changeSyncPoint(tx, point, { unreachableAt: isReachable ? null : now });
  if (isReachable) {
    await resolveGone(deps, tx, subject, now);
    return;
  }
  const members = await listSyncMembers(tx, point.scheme, point.id);
  const named = (states: readonly string[]) =>
    members
      .filter(({ state }) => states.includes(state))
      .slice(0, NAMED_MAX)
      .map(({ region }) => region);
  const { details } = makeFinding(KIND, {
    subject,
    cycleId: null,
    details: {
      scheme: point.scheme,
      syncPoint: point.id,
      rule: point.rule,
      leaver: point.leaver,
      arrived: named(['arrived']),
      gone: named(['left']),
    },
  });
  const raised = await raiseOnce(tx, {
    id: deps.newId(),
    kind: KIND,
    subject,
    cycleId: null,
    details,
    raisedAt: now,
  });
  if (raised) await tellUnreachable(deps, tx, point, now);
}

async function resolveGone(deps: EngineDeps, tx: Tx, subject: string, now: Instant): Promise<void> {
  const id = await findOpenIncident(tx, { kind: KIND, subject });
  const incident = id === null ? null : await lockOpenIncident(tx, id);
  if (incident === null) return;
  await resolveIncident(tx, incident, now);
  addIncidentAction(tx, {
    id: deps.newId(),
    incidentId: incident.id,
    action: 'resolve',
    reason: 'it can hold again, or has ended',
    outcome: { settled: true },
    actorId: SYSTEM_ACTOR.id,
    actorName: SYSTEM_ACTOR.name,
    at: now,
  });
}
