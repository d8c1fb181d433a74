import type { NoticeParam } from '../../core/terms/effect.js';
import { addIncident } from '../../store/incident-store.js';
import { changeCallRegion, type CallRegionRow, type CallRegionState } from '../../store/call-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { leaveScope } from '../sync/leave-scope.js';
import type { CallWork } from './call-for-change.js';
import { isIn } from './call-parts.js';
import { regionName } from './judge-mass.js';
import type { PackageChange } from './settle-package.js';

/** Kind of the incident that the region by whose calendar a call is dated takes part no more. */
export const LEAD_LEFT = 'call.lead-left';

/** Why a region leaves a call. */
export interface Leaving {
  readonly state: Exclude<CallRegionState, 'in'>;
  /** For the history. */
  readonly reason: string;
  /** For whoever is told. */
  readonly told: NoticeParam;
}

/**
 * Takes a region out of a call that this transaction holds: its sync points are judged again without it, and the
 * coordinator and its authority are told. What it said for itself is kept, for its return. The call stays in the calendar
 * of the region that has led it; that this one is gone is an incident of its own. The caller settles the rest.
 */
export async function leavePart(
  deps: EngineDeps,
  tx: Tx,
  work: CallWork,
  { part, leaving }: { readonly part: CallRegionRow; readonly leaving: Leaving },
): Promise<PackageChange> {
  const { call, picture, actor } = work;
  const { now, today } = picture;
  const { scheme, key } = call;
  const { region } = part;
  const { state, reason } = leaving;
  await changeCallRegion(tx, part, {
    state,
    stateSince: now,
    leftReason: reason,
    readyAt: null,
    changedAt: now,
    changedBy: actor.id,
  });
  await leaveScope(deps, tx, { scheme, scope: { kind: 'call', key }, region, now });
  if (region === call.lead) {
    const details = { scheme, call: key, region };
    addIncident(tx, { id: deps.newId(), kind: LEAD_LEFT, cycleId: call.cycleId, details, raisedAt: now });
  }
  const params = {
    name: call.title,
    region: regionName(picture, region),
    date: { date: today },
    by: actor.name,
    note: leaving.told,
    regions: work.parts.filter((other) => isIn(other)).map((other) => regionName(picture, other.region)),
  };
  const notice = {
    type: 'notify',
    scheme,
    cycleId: call.cycleId,
    template: 'call.region-left',
    params,
  } as const;
  await recordEffect(deps, tx, { ...notice, region: null, audience: ['coordinator'] }, now);
  await recordEffect(deps, tx, { ...notice, region, audience: ['authority'] }, now);
  const change = { left: 'region-left', dropped: 'region-dropped', withdrawn: 'region-withdrawn' } as const;
  return { change: change[state], region, before: 'in', after: state, note: reason };
}
