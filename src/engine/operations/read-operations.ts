import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import {
  findOperation,
  listItems,
  listOperations,
  type ItemStatus,
  type OperationFilter,
  type OperationItemRow,
} from '../../store/operation-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';
import { viewOperations, type OperationView } from './operation-view.js';

const READERS: readonly Actor['role'][] = [
  'coordinator',
  'administrator',
  'auditor',
  'steering_group',
  'system',
];

/** Operations, the newest first. @throws DomainError `auth.role-forbidden` */
export async function readOperations(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly filter: OperationFilter },
): Promise<readonly OperationView[]> {
  requireRole(query.actor, READERS);
  return deps.database.read(async (tx) => viewOperations(tx, await listOperations(tx, query.filter)));
}

/** One operation with its counts. @throws DomainError `auth.role-forbidden`, `operation.not-found` */
export async function readOperation(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly operationId: string },
): Promise<OperationView> {
  requireRole(query.actor, READERS);
  return deps.database.read(async (tx) => {
    const operation = await findOperation(tx, query.operationId);
    const [view] = operation === null ? [] : await viewOperations(tx, [operation]);
    if (view === undefined) throw new DomainError('operation.not-found', { operation: query.operationId });
    return view;
  });
}

/**
 * The same, only if it has changed since the reader has seen a version; null: it has not.
 *
 * @throws DomainError `operation.not-found`
 */
export async function readOperationNews(
  deps: EngineDeps,
  query: { readonly operationId: string; readonly seenVersion: number | null },
): Promise<OperationView | null> {
  const { operationId, seenVersion } = query;
  return deps.database.read(async (tx) => {
    const operation = await findOperation(tx, operationId);
    if (operation === null) throw new DomainError('operation.not-found', { operation: operationId });
    if (operation.version === seenVersion) return null;
    const [view] = await viewOperations(tx, [operation]);
    return view ?? null;
  });
}

/**
 * Items in the order in which they are done.
 *
 * @param query.after position of the last item that the caller has; 0: from the beginning
 * @throws DomainError `auth.role-forbidden`, `operation.not-found`
 */
export async function readOperationItems(
  deps: EngineDeps,
  query: {
    readonly actor: Actor;
    readonly operationId: string;
    readonly page: { readonly status?: ItemStatus; readonly after: number; readonly limit: number };
  },
): Promise<readonly OperationItemRow[]> {
  requireRole(query.actor, READERS);
  const { operationId, page } = query;
  return deps.database.read(async (tx) => {
    if ((await findOperation(tx, operationId)) === null) {
      throw new DomainError('operation.not-found', { operation: operationId });
    }
    return listItems(tx, operationId, page);
  });
}
