import { FINDING_CODES, isFindingCode } from '../../core/proof/finding-code.js';
import type { Finding } from '../../core/proof/finding.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { addIncidentAction } from '../../store/incident-action-store.js';
import { listOpenOfKinds, lockOpenIncident, raiseOnce, resolveIncident } from '../../store/incident-store.js';
import { listSchemes } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import type { Examination } from './examination.js';

/** Subjects that one notice names; the incidents have all. */
const SUBJECTS_TOLD_MAX = 20;

/** What an examination has changed. */
export interface Recorded {
  readonly raised: number;
  readonly resolved: number;
}

/**
 * Raises an incident for every finding that has none, tells coordinators and administrators of the new ones once, and
 * resolves the incidents of the doctor whose fault is gone. What the examination has not looked at stays as it is.
 */
export async function recordFindings(
  deps: EngineDeps,
  tx: Tx,
  { findings, covers }: Examination,
  now: Instant,
): Promise<Recorded> {
  const raised: Finding[] = [];
  for (const finding of findings) {
    const { code, subject, cycleId, details } = finding;
    const incident = { id: deps.newId(), kind: code, subject, cycleId, details, raisedAt: now };
    if (await raiseOnce(tx, incident)) raised.push(finding);
  }
  const found = new Set(findings.map(({ code, subject }) => `${code} ${subject}`));
  let resolved = 0;
  for (const { id, kind, subject } of await listOpenOfKinds(tx, FINDING_CODES)) {
    if (found.has(`${kind} ${subject}`) || !isFindingCode(kind) || !covers(kind, subject)) continue;
    if (await resolveGone(deps, tx, id, now)) resolved += 1;
  }
  await tell(deps, tx, raised, now);
  return { raised: raised.length, resolved };
}

async function resolveGone(deps: EngineDeps, tx: Tx, id: string, now: Instant): Promise<boolean> {
  const incident = await lockOpenIncident(tx, id);
  if (incident === null) return false;
  await resolveIncident(tx, incident, now);
  addIncidentAction(tx, {
    id: deps.newId(),
    incidentId: id,
    action: 'resolve',
    reason: 'the doctor does not find it any more',
    outcome: { settled: true },
    actorId: SYSTEM_ACTOR.id,
    actorName: SYSTEM_ACTOR.name,
    at: now,
  });
  return true;
}

/** One notice for each kind: a fault that hits every cycle is told in one, not in hundreds. */
async function tell(deps: EngineDeps, tx: Tx, raised: readonly Finding[], now: Instant): Promise<void> {
  if (raised.length === 0) return;
  const [scheme] = await listSchemes(tx);
  for (const [code, findings] of Map.groupBy(raised, ({ code }) => code)) {
    const [first] = findings;
    if (first === undefined) continue;
    await recordEffect(
      deps,
      tx,
      {
        type: 'notify',
        scheme: scheme?.id ?? '',
        region: null,
        cycleId: null,
        audience: ['coordinator', 'administrator'],
        template: 'incident.raised',
        params: {
          kind: code,
          cause: first.cause,
          remedy: first.remedy,
          date: { date: now.slice(0, 'YYYY-MM-DD'.length) },
          incidents: findings.length,
          subjects: findings.slice(0, SUBJECTS_TOLD_MAX).map(placeOf),
        },
      },
      now,
    );
  }
}

/** As a person tells one from another: the region first, where there is one. */
function placeOf({ subject, details }: Finding): string {
  const { region } = details;
  return typeof region === 'string' && !subject.startsWith(region) ? `${region}: ${subject}` : subject;
}
