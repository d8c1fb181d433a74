import { DomainError } from '../../core/terms/domain-error.js';
import { findCycle, lockCycle, type CycleRow } from '../../store/cycle-store.js';
import { selectLiveCycles } from '../../store/operation-subjects.js';
import type { ItemResult, OperationWork, Subject } from '../operations/operation-work.js';
import { applyMigration } from './apply-migration.js';
import { draftMigration } from './draft-migration.js';
import { leftToAnother } from './left-to-another.js';
import { migrationDetails } from './migration-details.js';

/** Takes the living cycles of a workflow into another of its versions, each in a transaction of its own. */
export const migrateMany: OperationWork<'migrate'> = {
  async select(deps, tx, { filter, parameters }, limit) {
    // Asked for once and by name: a version that is not here would be refused for every cycle alike.
    const { id } = deps.catalog.workflow({ id: parameters.workflow, version: parameters.toVersion });
    const cycles = await selectLiveCycles(tx, { ...filter, workflowId: id }, limit);
    return cycles.map((cycle): Subject => ({ kind: 'cycle', id: cycle.id, region: cycle.region }));
  },
  async plan(deps, tx, { order, subject, now }) {
    const wish = order.parameters;
    const cycle = await findCycle(tx, subject.id);
    if (cycle === null) throw new DomainError('cycle.not-found', { cycle: subject.id });
    if (cycle.workflowVersion === wish.toVersion) return alreadyThere(cycle);
    return migrated(migrationDetails(await draftMigration(deps, tx, { cycle, wish, now })));
  },
  async run(deps, tx, { order, subject, now, actor, operationId }) {
    const wish = order.parameters;
    const cycle = await lockCycle(tx, subject.id);
    if (cycle === null) throw new DomainError('cycle.not-found', { cycle: subject.id });
    if (cycle.workflowVersion === wish.toVersion) return alreadyThere(cycle);
    await leftToAnother(() => deps.catalog.workflow({ id: wish.workflow, version: wish.toVersion }));
    const draft = await draftMigration(deps, tx, { cycle, wish, now });
    const details = migrationDetails(draft);
    const { reason } = order;
    const sequence = await applyMigration(deps, tx, { cycle, draft, order: { actor, reason, operationId } });
    return migrated({ ...details, sequence });
  },
};

function alreadyThere({ workflowVersion, stage }: CycleRow): ItemResult {
  const words = `The cycle goes by version ${workflowVersion} already.`;
  return { result: 'unchanged', code: 'migrated', words, details: { version: workflowVersion, stage } };
}

function migrated(details: ItemResult['details']): ItemResult {
  return { result: 'done', code: 'migrated', words: null, details };
}
