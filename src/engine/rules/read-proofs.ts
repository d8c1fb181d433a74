import { proveGate, type GateProof } from '../../core/gates/prove-gate.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Actor } from '../../core/terms/actor.js';
import type { EngineDeps } from '../engine-deps.js';
import { compileDraft } from './compile-draft.js';
import { proofRealm } from './proof-realm.js';

/** What is true of every gate of a rulebook for all facts that there can be. */
export interface RulebookProofs {
  readonly rulebook: Rulebook;
  readonly gates: readonly GateProof[];
}

/**
 * Proves of each gate of a draft whether it can ever open and ever fail, which rules matter and which contradict.
 *
 * @throws DomainError `draft.not-found`, `auth.role-forbidden`
 */
export async function readProofs(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly draftId: string },
): Promise<RulebookProofs> {
  const rulebook = await compileDraft(deps, query);
  const realm = proofRealm(deps.catalog);
  return { rulebook, gates: [...rulebook.gates.keys()].map((gate) => proveGate(rulebook, gate, realm)) };
}
