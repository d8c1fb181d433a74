import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { arriveAt } from '../sync/arrive-at.js';
import { awaitedRegions } from './call-facts.js';
import type { CallDesk } from './call-desk.js';
import { partsIn, type CallRecord } from './call-record.js';
import { readDossier, type Dossier } from './dossier.js';
import { projectFiles } from './project-file.js';

/** The regions of a call that have a decision to take still, all of them before the ranking. */
export function awaitingRegions(call: CallRecord, dossier: Dossier): ReadonlySet<string> {
  if (dossier.ranking === null) return new Set(partsIn(call).map(({ region }) => region));
  return new Set(projectFiles(dossier).flatMap(awaitedRegions));
}

/**
 * Has the regions that have nothing more to decide arrive at the sync points that wait for the decisions (S6): those that
 * had something to decide before, and have not now. One without any project has nothing to decide.
 */
export async function arriveDecided(
  deps: EngineDeps,
  tx: Tx,
  { call, now }: Pick<CallDesk, 'call' | 'now'>,
  awaitedBefore: ReadonlySet<string>,
): Promise<void> {
  const dossier = await readDossier(tx, call);
  if (dossier.ranking === null) return;
  const awaited = awaitingRegions(call, dossier);
  for (const { region } of partsIn(call)) {
    if (awaited.has(region) || !awaitedBefore.has(region)) continue;
    await arriveAt(deps, tx, {
      scheme: call.scheme,
      scope: { kind: 'call', key: call.key },
      region,
      milestone: 'decision-made',
      now,
    });
  }
}
