import { DomainError } from '../../core/terms/domain-error.js';
import { changeOperation, nextWaitingItem } from '../../store/operation-store.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';
import { runCommand, type CommandContext } from '../transactions/run-command.js';
import { getOperationForChange } from './get-operation.js';
import { viewOperations, type OperationView } from './operation-view.js';

/**
 * Starts a planned operation: its items are done one by one from now on, in the name of whoever starts it. One
 * without items is done at once.
 *
 * @throws DomainError `operation.not-found`, `auth.role-forbidden`, `version.stale`; `operation.not-possible` when
 *   it was started or cancelled before
 */
export async function startOperation(
  deps: EngineDeps,
  command: CommandContext & { readonly operationId: string },
): Promise<OperationView> {
  return runCommand(deps, command, async (tx, now) => {
    const operation = await getOperationForChange(tx, command);
    if (operation.status !== 'planned') {
      const reason = `Only a planned operation can be started; this one is ${operation.status}.`;
      throw new DomainError('operation.not-possible', { reason, status: operation.status });
    }
    const hasItems = (await nextWaitingItem(tx, operation.id)) !== null;
    await changeOperation(tx, operation, {
      status: hasItems ? 'running' : 'done',
      actor: command.actor,
      startedAt: now,
      ...(hasItems ? {} : { endedAt: now }),
    });
    if (hasItems) {
      await recordEffect(deps, tx, { type: 'run-operation', operationId: operation.id, batch: 1 }, now);
    }
    const [view] = await viewOperations(tx, [operation]);
    if (view === undefined) throw new DomainError('operation.not-found', { operation: operation.id });
    return view;
  });
}
