import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { lockModification, type ModificationRow } from '../../store/modification-store.js';
import type { Tx } from '../../store/tx.js';
import { getCycleForChange } from '../access/get-cycle.js';

/**
 * A modification that still waits for its second person, locked with its cycle (the cycle first, as everywhere).
 *
 * @throws DomainError `cycle.not-found`, `modification.not-found`, `version.stale`; `modification.not-possible` when it
 *   was signed or withdrawn before
 */
export async function getModification(
  tx: Tx,
  request: {
    readonly actor: Actor;
    readonly cycleId: string;
    readonly modificationId: string;
    readonly expectedVersion: number | null;
  },
): Promise<{ readonly cycle: CycleRow; readonly modification: ModificationRow }> {
  const { actor, cycleId, modificationId, expectedVersion } = request;
  const cycle = await getCycleForChange(tx, actor, cycleId, null);
  const modification = await lockModification(tx, modificationId);
  if (modification === null || modification.cycleId !== cycleId) {
    throw new DomainError('modification.not-found', { modification: modificationId });
  }
  if (expectedVersion !== null && expectedVersion !== modification.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: modification.version });
  }
  const isSigned = (modification.signedAt ?? null) !== null;
  if (isSigned || (modification.withdrawnAt ?? null) !== null) {
    const reason = isSigned ? 'It was signed before.' : 'It was withdrawn.';
    throw new DomainError('modification.not-possible', { modification: modificationId, reason });
  }
  return { cycle, modification };
}
