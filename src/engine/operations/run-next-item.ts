import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import {
  changeOperation,
  lockOperation,
  nextWaitingItem,
  settleItem,
  type ItemStatus,
  type OperationItemRow,
  type OperationRow,
} from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { orderOf } from './operation-order.js';
import { runItem } from './operation-verbs.js';
import { refusalOf } from './refusal-of.js';

/** Of a failure that nobody foresaw, kept for whoever looks into it. */
const FAILURE_LENGTH_MAX = 500;

/**
 * Does the first item of a running operation that waits, and says what became of it, in one transaction under the
 * operation's lock. An item that is refused or fails leaves nothing behind but its outcome; the others go on.
 *
 * @returns false when there is nothing to do: none waits, or the operation does not run
 * @throws DomainError with retry `later`: the item still waits, and is done when the job is tried again
 */
export async function runNextItem(deps: EngineDeps, operationId: string): Promise<boolean> {
  let taken: number | null = null;
  try {
    return await deps.database.transact((tx) =>
      onNextItem(deps, tx, operationId, async ({ operation, item, now }) => {
        taken = item.position;
        const { id, actor } = operation;
        const subject = { kind: item.kind, id: item.subject, region: item.region };
        const order = orderOf(operation);
        const outcome = await runItem(deps, tx, { order, subject, now, actor, operationId: id });
        return { status: outcome.result, outcome: { ...outcome } };
      }),
    );
  } catch (error) {
    if (taken === null) throw error;
    return settleFailure(deps, operationId, { position: taken, error });
  }
}

interface Turn {
  readonly operation: OperationRow;
  readonly item: OperationItemRow;
  readonly now: Instant;
}

interface Settled {
  readonly status: ItemStatus;
  readonly outcome: Readonly<Record<string, unknown>>;
}

/** @param work gives null where the item is to be left as it is */
async function onNextItem(
  deps: EngineDeps,
  tx: Tx,
  operationId: string,
  work: (turn: Turn) => Promise<Settled | null>,
): Promise<boolean> {
  const operation = await lockOperation(tx, operationId);
  if (operation?.status !== 'running') return false;
  const item = await nextWaitingItem(tx, operationId);
  if (item === null) return false;
  const now = await deps.clock.now(tx);
  const settled = await work({ operation, item, now });
  if (settled === null) return true;
  await settleItem(tx, item, { ...settled, at: now });
  await changeOperation(tx, operation, {});
  return true;
}

/** The work of the item was rolled back. Somebody else may have done it since: then this failure counts for nothing. */
async function settleFailure(
  deps: EngineDeps,
  operationId: string,
  { position, error }: { readonly position: number; readonly error: unknown },
): Promise<boolean> {
  if (error instanceof DomainError && error.retry === 'later') throw error;
  const settled = settledBy(error);
  return deps.database.transact((tx) =>
    onNextItem(deps, tx, operationId, async ({ item }) => (item.position === position ? settled : null)),
  );
}

function settledBy(error: unknown): Settled {
  if (error instanceof DomainError) return { status: 'refused', outcome: { ...refusalOf(error) } };
  const failure = (error instanceof Error ? error.message : String(error)).slice(0, FAILURE_LENGTH_MAX);
  const words = 'The program failed here; nothing was changed.';
  return { status: 'failed', outcome: { result: 'failed', code: 'internal', words, details: { failure } } };
}
