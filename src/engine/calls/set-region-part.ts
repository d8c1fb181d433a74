import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { RegionFrame } from '../../core/calls/call-frame.js';
import type { EligibilityRuleDefinition } from '../../core/calls/eligibility-rules.js';
import type { Currency } from '../../core/calls/money.js';
import { changeCallRegion, type CallRegionChanges, type CallRegionRow } from '../../store/call-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import { requireOwnPart } from '../access/require-own-part.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { callForChange, partIn, requireVersion } from './call-for-change.js';
import { momentIn } from './call-parts.js';
import { partView, type CallPartView } from './call-view.js';
import { checkRegionPart } from './check-region-part.js';
import type { CallRef } from './find-call.js';
import type { Moment } from './set-joint-part.js';
import { settlePackage } from './settle-package.js';

/** What a region says for itself in a call, as a whole. */
export interface RegionPart {
  /** Null: not published. */
  readonly annex: { readonly publishedOn: CalendarDate; readonly url: string } | null;
  readonly eligibility: readonly EligibilityRuleDefinition[];
  /** Decimals in text; null: nothing is promised from this purse. */
  readonly commitments: {
    readonly own: string | null;
    readonly pot: string | null;
    readonly currency: Currency;
  };
  /** Null: as the common deadline. */
  readonly localCloses: Moment | null;
  /** IANA name; null: that of the region. */
  readonly zone: string | null;
  readonly constraints: RegionFrame;
}

/**
 * Writes what a region says for itself: annex, eligibility, budget, local deadline and what it asks of the calendar. Only
 * its authority does; the joint part is another record. What follows from it is recorded with it.
 *
 * @throws DomainError `auth.role-forbidden`, `region.not-leading` for another region, `call.not-found`,
 *   `call.region-not-in`, `version.stale` (of this part), `cycle.ended`; as `checkRegionPart`
 */
export async function setRegionPart(
  deps: EngineDeps,
  command: CommandContext &
    CallRef & { readonly region: string; readonly part: RegionPart; readonly note: string | null },
): Promise<CallPartView> {
  requireRole(command.actor, ['authority', 'system']);
  requireOwnPart(command.actor, command.region);
  return runCommand(deps, command, async (tx, now) => {
    const work = await callForChange(deps, tx, now, command);
    const part = partIn(work, command.region);
    requireVersion(command.expectedVersion, part.version);
    const columns = columnsOf(part, command.part);
    await checkRegionPart(deps, tx, work, { part, columns });
    const before = imageOf(part);
    await changeCallRegion(tx, part, { ...columns, changedAt: now, changedBy: command.actor.id });
    await settlePackage(deps, tx, work, [
      { change: 'region-part', region: part.region, before, after: imageOf(part), note: command.note },
    ]);
    return viewOf(tx, work.call, part, work.picture.regions);
  });
}

async function viewOf(
  tx: Tx,
  call: Parameters<typeof partView>[0],
  part: CallRegionRow,
  regions: readonly ({ readonly nuts: string } & Parameters<typeof partView>[2])[],
): Promise<CallPartView> {
  await tx.flush();
  const region = regions.find(({ nuts }) => nuts === part.region);
  return partView(call, part, region ?? { name: { de: '', fr: '', it: '', sl: '', en: '' }, country: '' });
}

function columnsOf(before: CallRegionRow, part: RegionPart): CallRegionChanges {
  const localZone = part.zone ?? before.localZone;
  const local = momentIn(part.localCloses, localZone);
  return {
    annexPublishedOn: part.annex?.publishedOn ?? null,
    annexUrl: part.annex?.url ?? null,
    eligibility: [...part.eligibility],
    ownAmount: part.commitments.own,
    potAmount: part.commitments.pot,
    currency: part.commitments.currency,
    localClosesOn: local.on,
    localClosesTime: local.time,
    localClosesAt: local.at,
    localZone,
    constraints: part.constraints,
  };
}

/** What a region said, as the history keeps it. */
function imageOf(part: CallRegionRow): Readonly<Record<string, unknown>> {
  return {
    annexPublishedOn: part.annexPublishedOn ?? null,
    annexUrl: part.annexUrl ?? null,
    eligibility: part.eligibility,
    own: part.ownAmount ?? null,
    pot: part.potAmount ?? null,
    currency: part.currency,
    localClosesOn: part.localClosesOn ?? null,
    localClosesTime: part.localClosesTime ?? null,
    localZone: part.localZone,
    localClosesAt: part.localClosesAt ?? null,
    constraints: part.constraints,
  };
}
