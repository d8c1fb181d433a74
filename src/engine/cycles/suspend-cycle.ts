import type { EngineDeps } from '../engine-deps.js';
import { decideMove, type Decision, type MoveCommand } from './decide-move.js';

/** Lets a region rest within its stage. Errors: see `decideMove`. */
export async function suspendCycle(deps: EngineDeps, command: MoveCommand): Promise<Decision> {
  return decideMove(deps, command, { type: 'suspend', to: null });
}
