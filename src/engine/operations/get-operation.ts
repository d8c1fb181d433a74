import { DomainError } from '../../core/terms/domain-error.js';
import { lockOperation, type OperationRow } from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';
import { requireRole } from '../access/require-role.js';
import type { CommandContext } from '../transactions/run-command.js';
import { VERB_ROLES } from './operation-order.js';

/**
 * An operation, locked until the transaction ends, for somebody who may do its verb.
 *
 * @throws DomainError `operation.not-found`, `auth.role-forbidden`, `version.stale`
 */
export async function getOperationForChange(
  tx: Tx,
  command: CommandContext & { readonly operationId: string },
): Promise<OperationRow> {
  const { actor, operationId, expectedVersion } = command;
  const operation = await lockOperation(tx, operationId);
  if (operation === null) throw new DomainError('operation.not-found', { operation: operationId });
  requireRole(actor, VERB_ROLES[operation.verb]);
  if (expectedVersion !== null && expectedVersion !== operation.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: operation.version });
  }
  return operation;
}
