import { DomainError } from '../../core/terms/domain-error.js';
import { cancelWaitingItems, changeOperation } from '../../store/operation-store.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getOperationForChange } from './get-operation.js';
import { viewOperations, type OperationView } from './operation-view.js';

/**
 * Ends an operation early: what is done stays done, what waits is cancelled. The item that is just being done is
 * waited for, so that nothing happens after the answer.
 *
 * @throws DomainError `operation.not-found`, `auth.role-forbidden`, `version.stale`; `operation.not-possible` when
 *   it has ended
 */
export async function cancelOperation(
  deps: EngineDeps,
  command: CommandContext & { readonly operationId: string },
): Promise<OperationView> {
  return runCommand(deps, command, async (tx, now) => {
    const operation = await getOperationForChange(tx, command);
    if (operation.status === 'done' || operation.status === 'cancelled') {
      const reason = `It is ${operation.status}; nothing is left to cancel.`;
      throw new DomainError('operation.not-possible', { reason, status: operation.status });
    }
    await cancelWaitingItems(tx, operation.id, now);
    await changeOperation(tx, operation, { status: 'cancelled', endedAt: now });
    const [view] = await viewOperations(tx, [operation]);
    if (view === undefined) throw new DomainError('operation.not-found', { operation: operation.id });
    return view;
  });
}
