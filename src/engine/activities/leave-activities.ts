import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { SyncLeaveEffect } from '../../core/terms/effect.js';
import type { Labels } from '../../core/terms/language.js';
import { findActivity, listActivitiesWith } from '../../store/activity-store.js';
import { findCycle, lockCycle } from '../../store/cycle-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { dropPart } from './drop-part.js';

const WITHDRAWN: Labels = {
  de: 'Die Region hat sich aus dem Programm zurückgezogen.',
  fr: 'La région s’est retirée du programme.',
  it: 'La regione si è ritirata dal programma.',
  sl: 'Regija se je umaknila iz programa.',
  en: 'The region has withdrawn from the scheme.',
};

/**
 * A region has left the scheme: it leaves every activity, each in a transaction of its own. Done again it changes
 * nothing, so it needs no receipt, and what a crash has left out is done by the next delivery. Nothing happens where
 * the withdrawal was undone meanwhile.
 */
export async function leaveActivities(deps: EngineDeps, effect: SyncLeaveEffect): Promise<void> {
  const { scheme, region, cycleId } = effect;
  const found = await deps.database.read(async (tx) => {
    const cycle = cycleId === undefined ? null : await findCycle(tx, cycleId);
    if (cycle !== null && cycle.status !== 'withdrawn') return [];
    return listActivitiesWith(tx, scheme, region);
  });
  for (const { key, cycleId: joint } of found) {
    await deps.database.transact(async (tx) => {
      const now = await deps.clock.now(tx);
      const cycle = await lockCycle(tx, joint);
      const activity = await findActivity(tx, scheme, key);
      if (cycle === null || activity === null) return;
      if (cycle.status !== 'active' && cycle.status !== 'suspended') return;
      const picture = await takePicture(deps, tx, cycle, now);
      const work = { activity, picture, actor: SYSTEM_ACTOR };
      await dropPart(deps, tx, work, { region, note: WITHDRAWN.en, told: WITHDRAWN });
    });
  }
}
