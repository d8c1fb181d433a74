import type { EffectPayload } from '../../core/terms/effect.js';
import { lockCycle } from '../../store/cycle-store.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { watchCycle } from './watch-cycle.js';

/**
 * The daily look at a cycle's standing rules: a document may have aged, a waiver ended, with nobody doing anything.
 * However many mornings have passed unseen, it is done once, and sets the next one.
 */
export async function runStandingCheck(
  deps: EngineDeps,
  effectId: string,
  effect: Extract<EffectPayload, { type: 'standing-check' }>,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'standing-check' }, async (tx, now) => {
    const cycle = await lockCycle(tx, effect.cycleId);
    if (cycle !== null) await watchCycle(deps, tx, cycle, now);
  });
}
