import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import { addOperation, findOperation, type NewItem } from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { checkFilter } from './check-filter.js';
import { VERB_ROLES, type OperationOrder } from './operation-order.js';
import { viewOperations, type OperationView } from './operation-view.js';
import { planItem, selectSubjects } from './operation-verbs.js';
import { refusalOf } from './refusal-of.js';
import type { Subject } from './operation-work.js';

/** What one operation may be about. */
export const OPERATION_ITEMS_MAX = 2_000;

/**
 * Works out what a verb would do to each cycle or task of a filter, and keeps that as a plan that can be started.
 * Nothing else is written: a plan that is never started is the dry run.
 *
 * @throws DomainError `auth.role-forbidden`; `operation.too-large` with the limit; `definition.not-found` and
 *   `operation.not-found` for an order that names a version or an operation that does not exist;
 *   `task.delegate-unknown` for a person who does not exist; and what `checkFilter` refuses
 */
export async function planOperation(
  deps: EngineDeps,
  command: CommandContext & { readonly order: OperationOrder },
): Promise<OperationView> {
  const { actor, order } = command;
  requireRole(actor, VERB_ROLES[order.verb]);
  await checkFilter(deps, order);
  return runCommand(deps, command, async (tx, now) => {
    const subjects = await selectSubjects(deps, tx, order, OPERATION_ITEMS_MAX + 1);
    if (subjects.length > OPERATION_ITEMS_MAX) {
      throw new DomainError('operation.too-large', { limit: OPERATION_ITEMS_MAX });
    }
    const items: NewItem[] = [];
    for (const subject of subjects) items.push(await foresee(deps, tx, { order, subject, now }));
    const id = deps.newId();
    const { verb, filter, parameters, reason } = order;
    await addOperation(
      tx,
      {
        id,
        verb,
        scheme: 'scheme' in filter ? (filter.scheme ?? null) : null,
        filter: { ...filter },
        parameters: { ...parameters },
        status: 'planned',
        actor,
        reason,
        plannedAt: now,
        startedAt: null,
        endedAt: null,
      },
      items,
    );
    return viewOf(tx, id);
  });
}

async function foresee(
  deps: EngineDeps,
  tx: Tx,
  item: { readonly order: OperationOrder; readonly subject: Subject; readonly now: Instant },
): Promise<NewItem> {
  const { id, kind, region } = item.subject;
  try {
    return { kind, subject: id, region, plan: { ...(await planItem(deps, tx, item)) } };
  } catch (error) {
    return { kind, subject: id, region, plan: { ...refusalOf(error) } };
  }
}

async function viewOf(tx: Tx, id: string): Promise<OperationView> {
  const operation = await findOperation(tx, id);
  const [view] = operation === null ? [] : await viewOperations(tx, [operation]);
  if (view === undefined) throw new DomainError('operation.not-found', { operation: id });
  return view;
}
