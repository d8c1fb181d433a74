import type { EngineDeps } from '../engine-deps.js';
import { decideMove, type Decision, type MoveCommand } from './decide-move.js';

/** Takes a region out of the scheme for good; its sync points are judged again without it. Errors: see `decideMove`. */
export async function withdrawCycle(deps: EngineDeps, command: MoveCommand): Promise<Decision> {
  return decideMove(deps, command, { type: 'withdraw', to: null });
}
