import type { ScopeReleasedEffect } from '../../core/terms/effect.js';
import { seeActivityScopeChange } from '../activities/see-scope-change.js';
import { seeCallScopeChange } from '../calls/see-scope-change.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * A sync point of an activity or a call has been released or cancelled, or regions were dropped from it for being
 * late. It is taken once.
 */
export async function applyScopeChange(
  deps: EngineDeps,
  effectId: string,
  effect: ScopeReleasedEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'scope-released' }, async (tx, now) => {
    if (effect.scope.kind === 'activity') await seeActivityScopeChange(deps, tx, effect, now);
    if (effect.scope.kind === 'call') await seeCallScopeChange(deps, tx, effect, now);
  });
}
