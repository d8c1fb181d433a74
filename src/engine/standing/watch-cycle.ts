import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkStandingRules } from './check-standing-rules.js';
import { setStandingTimer } from './set-standing-timer.js';

/**
 * Judges the standing rules of a cycle that this transaction has locked, as it stands now, and sets the check of the
 * next morning: after a step, every morning, and when the cycle is pinned to another rulebook.
 */
export async function watchCycle(deps: EngineDeps, tx: Tx, cycle: CycleRow, now: Instant): Promise<void> {
  const picture = await takePicture(deps, tx, cycle, now);
  await checkStandingRules(deps, tx, picture);
  await setStandingTimer(deps, tx, picture);
}
