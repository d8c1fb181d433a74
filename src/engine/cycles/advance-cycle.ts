import type { EngineDeps } from '../engine-deps.js';
import { decideMove, type Decision, type MoveCommand } from './decide-move.js';

/** Moves a region to its next stage if the gate opens; without a target the gates choose (R32). Errors: see `decideMove`. */
export async function advanceCycle(
  deps: EngineDeps,
  command: MoveCommand & { readonly to: string | null },
): Promise<Decision> {
  return decideMove(deps, command, { type: 'advance', to: command.to });
}
