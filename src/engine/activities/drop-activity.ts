import type { Decision, MoveCommand } from '../cycles/decide-move.js';
import { withdrawCycle } from '../cycles/withdraw-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { getActivity } from './activity-for-change.js';
import type { ActivityRef } from './activity-ref.js';

/** Drops an activity for good: the step `withdraw` of its cycle. Errors: `activity.not-found`, and see `decideMove`. */
export async function dropActivity(
  deps: EngineDeps,
  command: Omit<MoveCommand, 'cycleId'> & ActivityRef,
): Promise<Decision> {
  const { scheme, key, ...move } = command;
  const { cycleId } = await deps.database.read((tx) => getActivity(tx, { scheme, key }));
  return withdrawCycle(deps, { ...move, cycleId });
}
