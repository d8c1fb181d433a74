import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import { listPins } from '../../store/cycle-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { pinFault, type PinFault } from './pin-fault.js';

/** A definition that living cycles are pinned to and this program cannot hand out. */
export interface BrokenPin {
  readonly kind: 'workflow' | 'rulebook';
  readonly pinned: PinnedDefinition;
  /** How many living cycles it holds up. */
  readonly cycles: number;
  readonly fault: PinFault;
}

/**
 * Looks for living cycles whose workflow or rulebook is not here as it was: a file that was edited in place instead
 * of being given a new version, or one that is missing in this build.
 */
export async function checkPins(deps: EngineDeps): Promise<readonly BrokenPin[]> {
  return deps.database.read(async (tx) => {
    const broken: BrokenPin[] = [];
    for (const { kind, pinned, cycles } of await listPins(tx)) {
      const fault = await pinFault(deps, tx, kind, pinned);
      if (fault !== null) broken.push({ kind, pinned, cycles, fault });
    }
    return broken;
  });
}
