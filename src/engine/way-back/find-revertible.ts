import { DomainError } from '../../core/terms/domain-error.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { findChange, listReverted, type CycleChangeRow } from '../../store/journal.js';
import { listLogOfKinds, type LogRow } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';

/** The last decision that moved a cycle, and everything that its command has changed. */
export interface Revertible {
  readonly entry: LogRow;
  readonly page: CycleChangeRow;
}

/** More steps than anybody undoes in a row. */
const STEPS_LOOKED_AT_MAX = 200;

/**
 * The last step of a cycle that still stands: those that were undone before are passed over, so that one revert after
 * the other goes further back.
 *
 * @throws DomainError `revert.nothing` when no step is left but the opening of the cycle; `revert.not-possible` when
 *   the cycle has been migrated since
 */
export async function findRevertible(tx: Tx, cycle: CycleRow): Promise<Revertible> {
  const undone = new Set(await listReverted(tx, cycle.id));
  const kinds = ['transition', 'migrated', 'migration-reverted', 'baseline'] as const;
  const steps = await listLogOfKinds(tx, cycle.id, kinds, STEPS_LOOKED_AT_MAX);
  for (const entry of steps) {
    if (entry.kind === 'baseline') break;
    const page = await findChange(tx, cycle.id, entry.sequence);
    if (page === null || undone.has(page.sequence)) continue;
    if (entry.kind === 'migration-reverted') continue;
    if (entry.kind === 'migrated') {
      const reason =
        'The cycle has been migrated to another version of its workflow since; revert that first.';
      throw new DomainError('revert.not-possible', { reason, sequence: entry.sequence });
    }
    if (page.changes.some(({ table, before }) => table === 'cycles' && before === null)) break;
    return { entry, page };
  }
  throw new DomainError('revert.nothing', { cycle: cycle.id });
}
