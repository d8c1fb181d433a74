import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { SyncLeaveEffect } from '../../core/terms/effect.js';
import type { Labels } from '../../core/terms/language.js';
import { findCall, listCallRegions, listCallsOfRegion } from '../../store/call-store.js';
import { findCycle, lockCycle } from '../../store/cycle-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { isIn } from './call-parts.js';
import { leavePart } from './leave-part.js';
import { settlePackage } from './settle-package.js';

const WITHDRAWN: Labels = {
  de: 'Die Region hat sich aus dem Programm zurückgezogen.',
  fr: 'La région s’est retirée du programme.',
  it: 'La regione si è ritirata dal programma.',
  sl: 'Regija se je umaknila iz programa.',
  en: 'The region has withdrawn from the scheme.',
};

/**
 * A region has left the scheme: it leaves every call that has not ended, each in a transaction of its own. Done again it
 * changes nothing, so it needs no receipt, and what a crash has left out is done by the next delivery. Nothing happens
 * where the withdrawal was undone meanwhile.
 */
export async function leaveCalls(deps: EngineDeps, effect: SyncLeaveEffect): Promise<void> {
  const { scheme, region, cycleId } = effect;
  const found = await deps.database.read(async (tx) => {
    const cycle = cycleId === undefined ? null : await findCycle(tx, cycleId);
    // What is joint and has ended is no region that leaves.
    if (cycle !== null && (cycle.status !== 'withdrawn' || cycle.subject !== 'region')) return [];
    return (await listCallsOfRegion(tx, scheme, region)).map(({ key }) => key);
  });
  for (const key of found) {
    await deps.database.transact(async (tx) => {
      const now = await deps.clock.now(tx);
      const known = await findCall(tx, scheme, key);
      const cycle = known === null ? null : await lockCycle(tx, known.cycleId);
      const call = await findCall(tx, scheme, key);
      if (cycle === null || call === null) return;
      if (cycle.status !== 'active' && cycle.status !== 'suspended') return;
      const parts = await listCallRegions(tx, call);
      const part = parts.find((one) => one.region === region && isIn(one));
      if (part === undefined) return;
      const picture = await takePicture(deps, tx, cycle, now);
      const work = { call, parts, picture, actor: SYSTEM_ACTOR };
      const leaving = { state: 'withdrawn', reason: WITHDRAWN.en, told: WITHDRAWN } as const;
      await settlePackage(deps, tx, work, [await leavePart(deps, tx, work, { part, leaving })]);
    });
  }
}
