import { packageFacts } from '../../core/calls/package-facts.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import { listCallRegions, markReady } from '../../store/call-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import { massRegions } from '../activities/mass-regions.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { putEntries } from '../facts/put-entries.js';
import { callFacts } from '../proposals/call-facts.js';
import { readDossier } from '../proposals/dossier.js';
import { findCallRecord } from '../proposals/find-call-record.js';
import { judgeProposalsAgain } from '../proposals/judge-proposals-again.js';
import { arriveAt } from '../sync/arrive-at.js';
import { setCallTimers } from './call-dates.js';
import type { CallWork } from './call-for-change.js';
import { gapsOf, isIn, packagePart, ratesOf } from './call-parts.js';
import { callRulesOf } from './call-rules-of.js';
import { judgeMass } from './judge-mass.js';

/** With what a region arrives at the sync point of the package. */
export const PACKAGE_READY = 'package-ready';

/** What has changed of a call, as its history keeps it; null on either side: it was not there. */
export interface PackageChange {
  readonly change:
    | 'proposed'
    | 'joint-part'
    | 'region-part'
    | 'region-joined'
    | 'region-left'
    | 'region-dropped'
    | 'region-withdrawn';
  /** NUTS code; absent: it is about the call as a whole. */
  readonly region?: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly note: string | null;
}

/**
 * Leaves changes of a call in its history, and has everything follow that depends on them: the facts that its gates ask,
 * the regions that are ready for the package, its timers, whether enough regions are left, and the proposals to it.
 */
export async function settlePackage(
  deps: EngineDeps,
  tx: Tx,
  work: CallWork,
  changes: readonly PackageChange[],
): Promise<void> {
  const { actor, call, picture } = work;
  const { cycle, now } = picture;
  for (const change of changes) {
    await appendLog(tx, cycle, { kind: 'call', actor, at: now, details: { call: call.key, ...change } });
  }
  const parts = await listCallRegions(tx, call);
  await putPackageFacts(deps, tx, { ...work, parts });
  await noteReady(deps, tx, { ...work, parts });
  await setCallTimers(deps, tx, call, { rules: callRulesOf(picture.rulebook), now });
  await judgeMass(deps, tx, { ...work, parts });
  await judgeProposalsAgain(deps, tx, { cycle, actor, now });
}

async function putPackageFacts(deps: EngineDeps, tx: Tx, { call, parts, picture }: CallWork): Promise<void> {
  const { cycle, regions, now } = picture;
  const mass = await massRegions(tx, call.scheme, regions);
  const facts = packageFacts(
    {
      textFinalOn: call.textFinalOn ?? null,
      opensOn: call.opensOn ?? null,
      closesOn: call.closesOn ?? null,
      closesAt: call.closesAt ?? null,
    },
    parts.filter(isIn).flatMap((part) => {
      const region = mass.get(part.region);
      return region === undefined ? [] : [packagePart(part, region)];
    }),
    ratesOf(call.rates),
  );
  const record = await findCallRecord(deps, tx, call);
  const all = { ...facts, ...callFacts(record, await readDossier(tx, record)) };
  const fresh = await takePicture(deps, tx, cycle, now);
  const known = new Map(fresh.known.map(({ fact, value }) => [fact, value]));
  const entries = Object.entries(all)
    .filter(([fact, value]) => (known.get(fact) ?? null) !== value)
    .map(([fact, value]) => ({
      fact,
      value,
      precision: null,
      observedOn: null,
      evidence: null,
      note: null,
    }));
  await putEntries(deps, tx, SYSTEM_ACTOR, { picture: fresh, entries });
}

/** Who has arrived stays so; one that takes something back is ready no more, and the gates say why. */
async function noteReady(deps: EngineDeps, tx: Tx, { call, parts, picture }: CallWork): Promise<void> {
  const { now } = picture;
  for (const part of parts) {
    const isReady = isIn(part) && gapsOf(call, part).length === 0;
    const wasReady = (part.readyAt ?? null) !== null;
    if (isReady === wasReady) continue;
    await markReady(tx, part, isReady ? now : null);
    if (!isReady) continue;
    await arriveAt(deps, tx, {
      scheme: call.scheme,
      scope: { kind: 'call', key: call.key },
      region: part.region,
      milestone: PACKAGE_READY,
      now,
    });
  }
}
