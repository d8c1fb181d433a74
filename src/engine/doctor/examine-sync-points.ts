import { makeFinding } from '../../core/proof/finding.js';
import { canStillHold } from '../../core/proof/sync-point-prospect.js';
import { listRegionCycles } from '../../store/cycle-store.js';
import { listSchemes } from '../../store/scheme-store.js';
import { listSyncMembers, listSyncPoints } from '../../store/sync-store.js';
import { statusOf } from '../sync/point-standing.js';
import type { Part, Round } from './examination.js';

/** A sync point that is not released. */
export interface SyncProspect {
  readonly scheme: string;
  readonly id: string;
  readonly canHold: boolean;
  /** NUTS codes of the members that are there. */
  readonly arrived: ReadonlySet<string>;
}

/** Looks for sync points at which too few members can still arrive. */
export async function examineSyncPoints({
  tx,
}: Round): Promise<Part & { readonly prospects: readonly SyncProspect[] }> {
  const prospects: SyncProspect[] = [];
  const findings = [];
  for (const { id: scheme } of await listSchemes(tx)) {
    const living = new Set(
      (await listRegionCycles(tx, scheme))
        .filter(({ status }) => status === 'active' || status === 'suspended')
        .map(({ region }) => region),
    );
    for (const point of await listSyncPoints(tx, scheme)) {
      if (statusOf(point) !== 'open') continue;
      const members = (await listSyncMembers(tx, scheme, point.id)).map(({ region, state, parts }) => ({
        region,
        state,
        parts,
        isLiving: living.has(region),
      }));
      const canHold = canStillHold(point.rule, members, point.leaver);
      const arrived = members.filter(({ state }) => state === 'arrived').map(({ region }) => region);
      prospects.push({ scheme, id: point.id, canHold, arrived: new Set(arrived) });
      if (canHold) continue;
      const gone = members.filter(({ state, isLiving }) => state !== 'arrived' && !isLiving);
      const details = {
        scheme,
        syncPoint: point.id,
        rule: point.rule,
        leaver: point.leaver,
        arrived,
        gone: gone.map(({ region }) => region),
      };
      findings.push(
        makeFinding('sync-point.unreachable', { subject: `${scheme}/${point.id}`, cycleId: null, details }),
      );
    }
  }
  return { findings, checked: { syncPoints: prospects.length }, prospects };
}
