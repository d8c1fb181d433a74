import { standingRules } from '../../core/gates/standing-lapses.js';
import type { Tx } from '../../store/tx.js';
import { takePicture, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { checkStandingRules } from './check-standing-rules.js';
import { setStandingTimer } from './set-standing-timer.js';

/** A cycle has taken a step: the standing rules of the stage that it left are let go, those of the new one watched. */
export async function watchStage(
  deps: EngineDeps,
  tx: Tx,
  step: { readonly picture: CyclePicture; readonly from: string; readonly to: string },
): Promise<void> {
  const { picture, from, to } = step;
  const isWatched = [from, to].some((stage) => standingRules(picture.rulebook, stage).length > 0);
  if (from === to || !isWatched) return;
  const after = await takePicture(deps, tx, picture.cycle, picture.now);
  await checkStandingRules(deps, tx, after);
  await setStandingTimer(deps, tx, after);
}
