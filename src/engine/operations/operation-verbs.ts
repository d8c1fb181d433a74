import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import type { OperationVerb } from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { migrateMany } from '../migrations/migrate-many.js';
import { revertMigrations } from '../migrations/revert-migrations.js';
import { moveMany } from './move-many.js';
import type { OperationOrder, OrderOf } from './operation-order.js';
import type { ItemResult, OperationWork, Subject, WorkItem } from './operation-work.js';
import { reassignMany } from './reassign-many.js';
import { remindMany } from './remind-many.js';

/** Every verb and how it is done to many: a verb without its work does not compile. */
const VERBS: { readonly [Verb in OperationVerb]: OperationWork<Verb> } = {
  advance: moveMany('advance'),
  suspend: moveMany('suspend'),
  resume: moveMany('resume'),
  reassign: reassignMany,
  remind: remindMany,
  migrate: migrateMany,
  'revert-migration': revertMigrations,
};

/** One subject of an order of any verb. */
type AnyItem = Omit<WorkItem<OperationVerb>, 'order'> & { readonly order: OperationOrder };

/** See `OperationWork.select`. */
export function selectSubjects(
  deps: EngineDeps,
  tx: Tx,
  order: OperationOrder,
  limit: number,
): Promise<readonly Subject[]> {
  return workOf(order.verb).select(deps, tx, order as OrderOf<OperationVerb>, limit);
}

/** See `OperationWork.plan`. */
export function planItem(
  deps: EngineDeps,
  tx: Tx,
  item: { readonly order: OperationOrder; readonly subject: Subject; readonly now: Instant },
): Promise<ItemResult> {
  return workOf(item.order.verb).plan(deps, tx, item as WorkItem<OperationVerb>);
}

/** See `OperationWork.run`. */
export function runItem(
  deps: EngineDeps,
  tx: Tx,
  item: AnyItem & { readonly actor: Actor; readonly operationId: string },
): Promise<ItemResult> {
  return workOf(item.order.verb).run(
    deps,
    tx,
    item as WorkItem<OperationVerb> & { readonly actor: Actor; readonly operationId: string },
  );
}

/** The order of a work is always that of its own verb: it was taken from the table by the order's verb. */
function workOf(verb: OperationVerb): OperationWork<OperationVerb> {
  return VERBS[verb] as unknown as OperationWork<OperationVerb>;
}
