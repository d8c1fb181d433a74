import type { EngineDeps } from '../engine-deps.js';
import { decideMove, type Decision, type MoveCommand } from './decide-move.js';

/** Sends a region back to an earlier stage; no gate, a person's decision. Errors: see `decideMove`. */
export async function sendBackCycle(
  deps: EngineDeps,
  command: MoveCommand & { readonly to: string | null },
): Promise<Decision> {
  return decideMove(deps, command, { type: 'send-back', to: command.to });
}
