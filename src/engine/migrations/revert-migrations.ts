import { DomainError } from '../../core/terms/domain-error.js';
import { findCycle, lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { findOperation, listItems } from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';
import type { OrderOf } from '../operations/operation-order.js';
import type { ItemResult, OperationWork, Subject } from '../operations/operation-work.js';
import { findMigration } from './find-migration.js';
import { leftToAnother } from './left-to-another.js';
import { revertMigration } from './revert-migration.js';

/** Puts the cycles that an operation has migrated back, each in a transaction of its own. */
export const revertMigrations: OperationWork<'revert-migration'> = {
  async select(_deps, tx, { filter, parameters }, limit) {
    const operation = await findOperation(tx, parameters.operation);
    if (operation?.verb !== 'migrate') {
      throw new DomainError('operation.not-found', { pointer: '/parameters/operation', ...parameters });
    }
    if (operation.status === 'running') {
      const reason = 'The migration still runs; cancel it, or wait for its end.';
      throw new DomainError('operation.not-possible', { reason, status: operation.status });
    }
    const done = await listItems(tx, operation.id, { status: 'done', after: 0, limit });
    return done
      .filter(({ region }) => filter.regions?.includes(region) ?? true)
      .map((item): Subject => ({ kind: 'cycle', id: item.subject, region: item.region }));
  },
  async plan(deps, tx, { order, subject }) {
    const cycle = await findCycle(tx, subject.id);
    if (cycle === null) throw new DomainError('cycle.not-found', { cycle: subject.id });
    const found = await findMigration(deps, tx, { cycle, sequence: await sequenceOf(tx, order, cycle) });
    return found === 'reverted-already' ? alreadyBack(cycle) : reverted(cycle, found.from);
  },
  async run(deps, tx, { order, subject, now, actor, operationId }) {
    const cycle = await lockCycle(tx, subject.id);
    if (cycle === null) throw new DomainError('cycle.not-found', { cycle: subject.id });
    const sequence = await sequenceOf(tx, order, cycle);
    const found = await leftToAnother(() => findMigration(deps, tx, { cycle, sequence }));
    if (found === 'reverted-already') return alreadyBack(cycle);
    const result = reverted(cycle, found.from);
    const { reason } = order;
    const undoing = { cycle, migration: found, order: { actor, reason, operationId }, now };
    const entry = await revertMigration(deps, tx, undoing);
    return { ...result, details: { ...result.details, sequence: entry } };
  },
};

/** @throws DomainError `migration.not-possible` for a cycle that the operation has not migrated */
async function sequenceOf(tx: Tx, order: OrderOf<'revert-migration'>, cycle: CycleRow): Promise<number> {
  const { operation } = order.parameters;
  const [item] = await listItems(tx, operation, { subject: cycle.id, after: 0, limit: 1 });
  const sequence = (item?.outcome?.['details'] as { sequence?: unknown } | undefined)?.sequence;
  if (item?.status !== 'done' || typeof sequence !== 'number') {
    const reason = 'This operation has not migrated the cycle.';
    throw new DomainError('migration.not-possible', { reason, operation });
  }
  return sequence;
}

function alreadyBack({ workflowVersion, stage }: CycleRow): ItemResult {
  const words = 'The migration of this cycle has been reverted already.';
  return { result: 'unchanged', code: 'reverted', words, details: { version: workflowVersion, stage } };
}

function reverted(cycle: CycleRow, to: { readonly version: number; readonly stage: string }): ItemResult {
  const from = { version: cycle.workflowVersion, stage: cycle.stage };
  return { result: 'done', code: 'reverted', words: null, details: { from, to } };
}
