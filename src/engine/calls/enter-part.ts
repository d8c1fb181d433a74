import { EMPTY_REGION_FRAME } from '../../core/calls/call-frame.js';
import type { Currency } from '../../core/calls/money.js';
import { addCallRegion, changeCallRegion } from '../../store/call-store.js';
import type { RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import type { CallWork } from './call-for-change.js';
import type { PackageChange } from './settle-package.js';

/** In which a region's programmes pay, by its country; all other members of the Alpine Space pay in euro. */
const CURRENCY_OF: Readonly<Record<string, Currency>> = { CH: 'CHF', LI: 'CHF' };

/**
 * Brings a region into a call that this transaction holds: with a part of its own to fill in, or with what it said for
 * itself before it left. Its authority is told. The caller settles the rest.
 */
export async function enterPart(
  deps: EngineDeps,
  tx: Tx,
  { call, parts, actor, picture }: CallWork,
  { region, note }: { readonly region: RegionRow; readonly note: string | null },
): Promise<PackageChange> {
  const { now, today } = picture;
  const before = parts.find((part) => part.region === region.nuts);
  const entry = {
    state: 'in',
    stateSince: now,
    leftReason: null,
    changedAt: now,
    changedBy: actor.id,
  } as const;
  if (before === undefined) {
    addCallRegion(tx, {
      scheme: call.scheme,
      key: call.key,
      region: region.nuts,
      ...entry,
      annexPublishedOn: null,
      annexUrl: null,
      eligibility: [],
      ownAmount: null,
      potAmount: null,
      currency: CURRENCY_OF[region.country] ?? 'EUR',
      localClosesOn: null,
      localClosesTime: null,
      localZone: region.zone,
      localClosesAt: null,
      constraints: EMPTY_REGION_FRAME,
      readyAt: null,
    });
    await tx.flush();
  }
  const state = before?.state ?? null;
  if (before !== undefined) await changeCallRegion(tx, before, entry);
  await recordEffect(
    deps,
    tx,
    {
      type: 'notify',
      scheme: call.scheme,
      region: region.nuts,
      cycleId: call.cycleId,
      audience: ['authority'],
      template: 'call.region-joined',
      params: {
        name: call.title,
        region: region.name,
        date: { date: today },
        by: actor.name,
        note: note ?? '',
      },
    },
    now,
  );
  return { change: 'region-joined', region: region.nuts, before: state, after: 'in', note };
}
