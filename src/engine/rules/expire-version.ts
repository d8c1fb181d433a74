import { dateInZone } from '../../core/calendar/zoned-instant.js';
import { SYSTEM_ACTOR } from '../../core/terms/actor.js';
import type { ExpireRulebookEffect } from '../../core/terms/effect.js';
import { listLivingCycles, lockCycle } from '../../store/cycle-store.js';
import { countingVersion, findVersion, lockRulebook } from '../../store/rulebook-version-store.js';
import { pinRulebook } from '../cycles/pin-rulebook.js';
import { applyEffect, type Application } from '../effects/apply-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { endVersion } from './end-version.js';
import { RULEBOOK_ZONE } from './publish-version.js';

const REASON = 'The emergency for which it was published is over.';

/**
 * Ends a version that was published in an emergency, once: it is retired, and the cycles that are pinned to it go
 * on with the version that counts without it. Nothing happens if somebody has retired it before.
 */
export async function expireVersion(
  deps: EngineDeps,
  effectId: string,
  effect: ExpireRulebookEffect,
): Promise<Application> {
  return applyEffect(deps, { id: effectId, type: 'expire-rulebook' }, async (tx, now) => {
    await lockRulebook(tx, effect.rulebook);
    const version = await findVersion(tx, effect.rulebook, effect.version);
    if (version === null || version.retiredAt !== null) return;
    await endVersion(tx, version, { actor: SYSTEM_ACTOR, at: now, reason: REASON });
    const next = await countingVersion(tx, effect.rulebook, dateInZone(now, RULEBOOK_ZONE));
    if (next === null) return;
    for (const { id } of await listLivingCycles(tx, effect.rulebook, effect.version)) {
      const cycle = await lockCycle(tx, id);
      if (cycle === null || cycle.rulebookVersion !== effect.version) continue;
      await pinRulebook(tx, cycle, next, {
        actor: SYSTEM_ACTOR,
        at: now,
        cause: 'emergency-ended',
        reason: REASON,
      });
    }
  });
}
