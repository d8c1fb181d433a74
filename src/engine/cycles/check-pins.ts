import { DomainError } from '../../core/terms/domain-error.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import { listPins } from '../../store/cycle-store.js';
import type { EngineDeps } from '../engine-deps.js';

/** A definition that living cycles are pinned to and this program cannot hand out. */
export interface BrokenPin {
  readonly kind: 'workflow' | 'rulebook';
  readonly pinned: PinnedDefinition;
  /** How many living cycles it holds up. */
  readonly cycles: number;
  /** `not-found`: this program does not have the version. `hash-mismatch`: it has it with another content. */
  readonly fault: 'not-found' | 'hash-mismatch';
}

/**
 * Looks for living cycles whose workflow or rulebook is not here as it was: a file that was edited in place instead
 * of being given a new version, or one that is missing in this build.
 */
export async function checkPins(deps: EngineDeps): Promise<readonly BrokenPin[]> {
  const pins = await deps.database.read((tx) => listPins(tx));
  return pins.flatMap(({ kind, pinned, cycles }): BrokenPin[] => {
    try {
      if (kind === 'workflow') deps.catalog.workflow(pinned);
      else deps.catalog.rulebook(pinned);
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [
        {
          kind,
          pinned,
          cycles,
          fault: error.code === 'definition.not-found' ? 'not-found' : 'hash-mismatch',
        },
      ];
    }
  });
}
