import { DomainError } from '../../core/terms/domain-error.js';
import type { PinnedDefinition } from '../../core/terms/definition-ref.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

/** `not-found`: this program does not have the version. `hash-mismatch`: it has it with another content. */
export type PinFault = 'not-found' | 'hash-mismatch';

/** What keeps this program from handing out the definition that something is pinned to; null: nothing does. */
export async function pinFault(
  deps: EngineDeps,
  tx: Tx,
  kind: 'workflow' | 'rulebook',
  pinned: PinnedDefinition,
): Promise<PinFault | null> {
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
