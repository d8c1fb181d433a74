import type { EngineDeps } from '../engine-deps.js';
import { decideMove, type Decision, type MoveCommand } from './decide-move.js';

/** Lets a resting region go on in the stage in which it rested. Errors: see `decideMove`. */
export async function resumeCycle(deps: EngineDeps, command: MoveCommand): Promise<Decision> {
  return decideMove(deps, command, { type: 'resume', to: null });
}
