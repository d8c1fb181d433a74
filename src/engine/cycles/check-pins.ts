import { DomainError } from '../../core/terms/domain-error.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import { listPins } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

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
  return deps.database.read(async (tx) => {
    const broken: BrokenPin[] = [];
    for (const { kind, pinned, cycles } of await listPins(tx)) {
      const fault = await faultOf(deps, tx, kind, pinned);
      if (fault !== null) broken.push({ kind, pinned, cycles, fault });
    }
    return broken;
  });
}

async function faultOf(
  deps: EngineDeps,
  tx: Tx,
  kind: BrokenPin['kind'],
  pinned: PinnedDefinition,
): Promise<BrokenPin['fault'] | null> {
  try {
    if (kind === 'workflow') deps.catalog.workflow(pinned);
    else if (isFile(deps, pinned)) deps.catalog.rulebook(pinned);
    else await rulebookOf(deps, tx, pinned);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code === 'definition.not-found' ? 'not-found' : 'hash-mismatch';
  }
}

/** The database has the content of a file that was edited, but two contents under one version are refused. */
function isFile(deps: EngineDeps, { id, version }: PinnedDefinition): boolean {
  return deps.catalog.rulebooks.some((one) => one.id === id && one.version === version);
}
