import { criticalMass, type CriticalMass } from '../../core/activities/critical-mass.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { NoticeParam } from '../../core/terms/effect.js';
import { addIncidentAction } from '../../store/incident-action-store.js';
import {
  findOpenIncident,
  lockOpenIncident,
  raiseOnce,
  resolveIncident,
} from '../../store/incident-store.js';
import type { Tx } from '../../store/tx.js';
import { massRegions } from '../activities/mass-regions.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import type { CallWork } from './call-for-change.js';
import { isIn } from './call-parts.js';
import { callMassOf } from './call-rules-of.js';

/** Kind of the incident that too few regions are left for a call to go on. */
export const MASS_LOST = 'call.mass-lost';

/** Before it is agreed, a call may still look for regions; once it is decided, its projects are. */
const STAGES: ReadonlySet<string> = new Set(['agreed', 'packaged', 'open', 'closed', 'evaluated', 'ranked']);

/** Whether the regions of a call are enough for it to go on (R14, by its rulebook). */
export async function massOf(
  deps: EngineDeps,
  tx: Tx,
  { parts, picture }: Pick<CallWork, 'parts' | 'picture'>,
): Promise<CriticalMass> {
  const known = await massRegions(tx, picture.cycle.scheme, picture.regions);
  const members = parts.filter(isIn).flatMap(({ region }) => known.get(region) ?? []);
  return criticalMass(members, callMassOf(picture.rulebook, deps.catalog.activityParameters().criticalMass));
}

/**
 * Too few regions for a call to go on are an incident in the transaction that makes it so, of which the coordinator is
 * told; none any more when enough are there again.
 */
export async function judgeMass(deps: EngineDeps, tx: Tx, work: CallWork): Promise<void> {
  const { call, picture } = work;
  const { cycle, now } = picture;
  if (!STAGES.has(cycle.stage)) return;
  const subject = `${call.scheme}/${call.key}`;
  const mass = await massOf(deps, tx, work);
  if (mass.verdict !== 'missed') {
    await resolveGone(deps, tx, subject, picture);
    return;
  }
  const raised = await raiseOnce(tx, {
    id: deps.newId(),
    kind: MASS_LOST,
    subject,
    cycleId: cycle.id,
    details: { scheme: call.scheme, call: call.key, ...mass },
    raisedAt: now,
  });
  if (raised) await tellMassLost(deps, tx, work);
}

async function resolveGone(
  deps: EngineDeps,
  tx: Tx,
  subject: string,
  { now }: Pick<CyclePicture, 'now'>,
): Promise<void> {
  const id = await findOpenIncident(tx, { kind: MASS_LOST, subject });
  const incident = id === null ? null : await lockOpenIncident(tx, id);
  if (incident === null) return;
  await resolveIncident(tx, incident, now);
  addIncidentAction(tx, {
    id: deps.newId(),
    incidentId: incident.id,
    action: 'resolve',
    reason: 'enough regions take part again',
    outcome: { settled: true },
    actorId: SYSTEM_ACTOR.id,
    actorName: SYSTEM_ACTOR.name,
    at: now,
  });
}

async function tellMassLost(deps: EngineDeps, tx: Tx, { call, parts, picture }: CallWork): Promise<void> {
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: call.scheme,
      region: null,
      cycleId: call.cycleId,
      audience: ['coordinator'],
      template: 'call.mass-lost',
      params: {
        name: call.title,
        date: { date: picture.today },
        regions: parts.filter(isIn).map(({ region }) => regionName(picture, region)),
      },
    },
    picture.now,
  );
}

/** What a region is called; its code where the scheme does not know it. */
export function regionName(
  { regions }: Pick<CyclePicture, 'regions'>,
  region: string,
): Extract<NoticeParam, string | { readonly de: string }> {
  return regions.find(({ nuts }) => nuts === region)?.name ?? region;
}
