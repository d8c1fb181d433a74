import type { Actor } from '../../core/terms/actor.js';
import { listDeadLetters, type DeadLetterRow } from '../../store/dead-letter-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';

/** The effects that could not be applied and that nobody has retried, the newest first. */
export async function readDeadLetters(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly limit: number },
): Promise<readonly DeadLetterRow[]> {
  requireRole(query.actor, ['coordinator', 'administrator', 'auditor', 'system']);
  return deps.database.read((tx) => listDeadLetters(tx, query.limit));
}
