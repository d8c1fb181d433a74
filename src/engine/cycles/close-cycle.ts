import type { EngineDeps } from '../engine-deps.js';
import { decideMove, type Decision, type MoveCommand } from './decide-move.js';

/** Ends a region's last review, if the gate opens. Errors: see `decideMove`. */
export async function closeCycle(deps: EngineDeps, command: MoveCommand): Promise<Decision> {
  return decideMove(deps, command, { type: 'close', to: null });
}
