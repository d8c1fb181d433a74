import { judgePairing } from '../../catalog/judge-pairing.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { findChange, listReverted, type CycleChangeRow } from '../../store/journal.js';
import { listLogOfKinds } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import { pinOf } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

/** A migration of a cycle that can be undone. */
export interface RevertibleMigration {
  readonly page: CycleChangeRow;
  /** Where the cycle came from. */
  readonly from: { readonly version: number; readonly stage: string };
}

/** After any of these the cycle does not stand where the migration has left it. */
const MOVES = ['transition', 'reverted', 'modified', 'migrated', 'migration-reverted'] as const;

/**
 * A migration of a cycle, if the cycle has not moved on since. Facts, and what people have done with their tasks, do
 * not stand in the way: they stay as they are.
 *
 * @param query.sequence of the migration's entry in the log
 * @throws DomainError `migration.not-possible` with the reason; `definition.not-found` or `definition.hash-mismatch`
 *   when this program does not have the old version as it was; `rulebook.not-for-workflow`
 */
export async function findMigration(
  deps: EngineDeps,
  tx: Tx,
  { cycle, sequence }: { readonly cycle: CycleRow; readonly sequence: number },
): Promise<RevertibleMigration | 'reverted-already'> {
  const page = await findChange(tx, cycle.id, sequence);
  const before = page?.changes.find(({ table }) => table === 'cycles')?.before ?? null;
  if (page === null || before === null) {
    throw new DomainError('migration.not-possible', { reason: 'The journal does not have this migration.' });
  }
  if ((await listReverted(tx, cycle.id)).includes(page.sequence)) return 'reverted-already';
  const [last] = await listLogOfKinds(tx, cycle.id, MOVES, 1);
  if (last !== undefined && last.sequence > page.sequence) {
    const reason = `The cycle has moved on since the migration (${last.kind}, entry ${last.sequence} of its log).`;
    throw new DomainError('migration.not-possible', { reason, sequence: last.sequence });
  }
  const version = Number(before['workflowVersion'] ?? cycle.workflowVersion);
  const hash = String(before['workflowHash'] ?? cycle.workflowHash);
  const workflow = deps.catalog.workflow({ id: cycle.workflowId, version, hash });
  const faults = judgePairing(workflow, await rulebookOf(deps, tx, pinOf(cycle)));
  if (faults.length > 0) {
    const reason = faults.map(({ message }) => message).join('; ');
    throw new DomainError('rulebook.not-for-workflow', { reason, version: cycle.rulebookVersion });
  }
  return { page, from: { version, stage: String(before['stage'] ?? cycle.stage) } };
}
