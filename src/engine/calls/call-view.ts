import type { CriticalMass } from '../../core/activities/critical-mass.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Labels } from '../../core/terms/language.js';
import { listCallRegions, type CallRegionRow, type CallRow } from '../../store/call-store.js';
import { findCycle } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import { cycleView, type CycleView } from '../cycles/cycle-view.js';
import type { EngineDeps } from '../engine-deps.js';
import { packageDay } from './call-dates.js';
import { gapsOf, isIn, type PackageGap } from './call-parts.js';
import { callRulesOf } from './call-rules-of.js';
import { massOf } from './judge-mass.js';

/** A region's part of a call as the outside sees it. */
export interface CallPartView {
  readonly part: CallRegionRow;
  readonly labels: Labels;
  readonly country: string;
  /** What it still owes to the package; empty where it takes no part. */
  readonly gaps: readonly PackageGap[];
}

/** A call as the outside sees it. */
export interface CallView {
  readonly call: CallRow;
  readonly cycle: CycleView;
  /** Those that have left among them, in the order of the scheme. */
  readonly parts: readonly CallPartView[];
  readonly mass: CriticalMass;
  /** The last day on which a region may complete its part of the package; null while no opening is set. */
  readonly packageUntil: CalendarDate | null;
}

/** Puts together what is shown of a call. */
export async function callView(deps: EngineDeps, tx: Tx, call: CallRow): Promise<CallView> {
  await tx.flush();
  const cycle = await findCycle(tx, call.cycleId);
  if (cycle === null) throw new DomainError('cycle.not-found', { cycle: call.cycleId });
  const picture = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
  const parts = await listCallRegions(tx, call);
  return {
    call: { ...call },
    cycle: cycleView(cycle),
    parts: picture.regions.flatMap(({ nuts, name, country }) => {
      const part = parts.find(({ region }) => region === nuts);
      return part === undefined ? [] : [partView(call, part, { name, country })];
    }),
    mass: await massOf(deps, tx, { parts, picture }),
    packageUntil: packageDay(call, callRulesOf(picture.rulebook)),
  };
}

/** @param region what the scheme says of it */
export function partView(
  call: CallRow,
  part: CallRegionRow,
  region: { readonly name: Labels; readonly country: string },
): CallPartView {
  return {
    part: { ...part },
    labels: region.name,
    country: region.country,
    gaps: isIn(part) ? gapsOf(call, part) : [],
  };
}
