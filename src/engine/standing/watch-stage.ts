import { standingRules } from '../../core/gates/standing-lapses.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { watchCycle } from './watch-cycle.js';

/**
 * A cycle has taken a step: the standing rules of the stage that it left are let go, those of the new one watched. The
 * row of the cycle is ahead of the picture, and may be pinned to another rulebook.
 */
export async function watchStage(
  deps: EngineDeps,
  tx: Tx,
  step: { readonly picture: CyclePicture; readonly from: string; readonly to: string },
): Promise<void> {
  const { picture, from, to } = step;
  const { cycle, rulebook } = picture;
  const isWatched = [from, to].some((stage) => standingRules(rulebook, stage).length > 0);
  if (from === to || (!isWatched && cycle.rulebookHash === rulebook.hash)) return;
  await watchCycle(deps, tx, cycle, picture.now);
}
