import type { SyncFactsEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import { lockSyncPointsOf, type SyncPointRow } from '../../store/sync-store.js';
import { listSyncSubjects } from '../../store/sync-subject-store.js';
import type { Tx } from '../../store/tx.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { memberParts } from './member-parts.js';
import { stepSyncPoint } from './step-sync-point.js';

/** Asks the predicates of a locked sync point about one member again; a rule without one has nothing to ask. */
export async function recountMember(
  deps: EngineDeps,
  tx: Tx,
  point: SyncPointRow,
  { region, now }: { readonly region: string; readonly now: Instant },
): Promise<void> {
  if (point.facts.length === 0) return;
  const [subject] = await listSyncSubjects(tx, point.scheme, point.milestone, [region]);
  if (subject === undefined) return;
  const parts = await memberParts(deps, tx, point, { subject, now });
  await stepSyncPoint(deps, tx, point, { event: { type: 'recount', parts }, region, now });
}

/** Facts of a region have changed: every sync point that asks about facts is judged again. */
export async function recountMembers(
  deps: EngineDeps,
  effectId: string,
  { scheme, region }: SyncFactsEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'sync-facts' }, async (tx, now) => {
    for (const point of await lockSyncPointsOf(tx, scheme, region, null)) {
      await recountMember(deps, tx, point, { region, now });
    }
  });
}
