import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { ScopeReleasedEffect } from '../../core/terms/effect.js';
import type { Instant } from '../../core/terms/instant.js';
import type { Labels } from '../../core/terms/language.js';
import { findActivity } from '../../store/activity-store.js';
import { lockCycle } from '../../store/cycle-store.js';
import { findSyncPoints } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { putEntries } from '../facts/put-entries.js';
import { ACTIVITY_CONFIRMED } from './activity-points.js';
import { dropPart } from './drop-part.js';
import { noteChange } from './note-change.js';

const LATE: Labels = {
  de: 'Die Region hat nicht rechtzeitig bestätigt.',
  fr: 'La région n’a pas confirmé à temps.',
  it: 'La regione non ha confermato in tempo.',
  sl: 'Regija ni potrdila pravočasno.',
  en: 'The region did not confirm in time.',
};

/**
 * What becomes of an activity when its sync points change: its theme is locked on the day on which the point that
 * waits for the regions' word is released, and a region that this point has dropped for being late leaves.
 */
export async function seeActivityScopeChange(
  deps: EngineDeps,
  tx: Tx,
  effect: ScopeReleasedEffect,
  now: Instant,
): Promise<void> {
  const { scheme, scope, syncPoint, change, regions } = effect;
  const found = await findActivity(tx, scheme, scope.key);
  if (found === null) return;
  const cycle = await lockCycle(tx, found.cycleId);
  const activity = await findActivity(tx, scheme, scope.key);
  const point = (await findSyncPoints(tx, syncPoint)).find((one) => one.scheme === scheme);
  if (cycle === null || activity === null || point?.milestone !== ACTIVITY_CONFIRMED) return;
  if (cycle.status !== 'active' && cycle.status !== 'suspended') return;
  const picture = await takePicture(deps, tx, cycle, now);
  const work = { activity, picture, actor: SYSTEM_ACTOR };
  if (change === 'dropped') {
    for (const region of regions) await dropPart(deps, tx, work, { region, note: LATE.en, told: LATE });
  }
  if (change !== 'released') return;
  const { today } = picture;
  await noteChange(tx, work, {
    change: 'theme-locked',
    before: null,
    after: { on: today, regions },
    note: null,
  });
  const locked = { fact: 'activity.theme_locked_on', value: today, precision: null };
  await putEntries(deps, tx, SYSTEM_ACTOR, {
    picture,
    entries: [{ ...locked, observedOn: today, evidence: syncPoint, note: null }],
  });
}
