import { judgePairing } from '../../catalog/judge-pairing.js';
import type { Actor } from '../../core/terms/actor.js';
import { countingVersion } from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';
import type { CyclePicture } from './cycle-picture.js';
import { pinRulebook } from './pin-rulebook.js';

/**
 * A cycle that has entered a stage goes on by the version that counts on that day in its region, and keeps it until
 * it enters the next. A version that lacks a gate of the cycle's workflow is passed over, and so is the whole where
 * no version counts: the cycle keeps what it has.
 *
 * @param picture the cycle as it stood before the step
 */
export async function pinForStage(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  picture: CyclePicture,
): Promise<void> {
  const { cycle, workflow, today, now } = picture;
  const next = await countingVersion(tx, cycle.rulebookId, today);
  if (next === null || next.hash === cycle.rulebookHash) return;
  const rulebook = await rulebookOf(deps, tx, next);
  if (judgePairing(workflow, rulebook).length > 0) return;
  await pinRulebook(tx, cycle, rulebook, { actor, at: now, cause: 'stage-entered', reason: null });
}
