import type { Actor } from '../../core/terms/actor.js';
import type { Tx } from '../../store/tx.js';
import { cancelActivityPoints, placeActivityPoints } from '../activities/activity-points.js';
import { cancelCallPoints } from '../calls/call-points.js';
import type { EngineDeps } from '../engine-deps.js';
import type { CyclePicture } from './cycle-picture.js';

/** A step of a joint cycle, and who took it, with what reason. */
export interface JointStep {
  readonly picture: CyclePicture;
  readonly actor: Actor;
  readonly note: string | null;
}

/** Gives what is joint the sync points of its own; a region stands at those of its scheme from the beginning. */
export async function placeJointPoints(deps: EngineDeps, tx: Tx, { picture }: JointStep): Promise<void> {
  if (picture.cycle.subject === 'activity') await placeActivityPoints(deps, tx, picture);
}

/** Cancels the sync points of what is joint and has ended. */
export async function cancelJointPoints(
  deps: EngineDeps,
  tx: Tx,
  { picture, actor, note }: JointStep,
): Promise<void> {
  const hand = { actor, reason: note ?? '' };
  if (picture.cycle.subject === 'activity') await cancelActivityPoints(deps, tx, picture, hand);
  if (picture.cycle.subject === 'call') await cancelCallPoints(deps, tx, picture, hand);
}
