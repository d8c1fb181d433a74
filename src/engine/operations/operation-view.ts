import type { Instant } from '../../core/terms/instant.js';
import {
  countItems,
  noItems,
  type ItemCounts,
  type OperationRow,
  type OperationStatus,
  type OperationVerb,
} from '../../store/operation-store.js';
import type { Tx } from '../../store/tx.js';

/** An operation as the outside sees it. */
export interface OperationView {
  readonly id: string;
  readonly verb: OperationVerb;
  readonly scheme: string | null;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly status: OperationStatus;
  readonly version: number;
  /** Who started it; who planned it, while it is planned. */
  readonly by: { readonly id: string; readonly name: string };
  readonly plannedAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly total: number;
  readonly counts: ItemCounts;
}

/** Puts operations and the counts of their items together, in the order given. */
export async function viewOperations(
  tx: Tx,
  operations: readonly OperationRow[],
): Promise<readonly OperationView[]> {
  const counts = await countItems(
    tx,
    operations.map(({ id }) => id),
  );
  return operations.map((operation) => viewOf(operation, counts.get(operation.id) ?? noItems()));
}

function viewOf(operation: OperationRow, counts: ItemCounts): OperationView {
  const { id, verb, filter, parameters, reason, status, version, actor, plannedAt } = operation;
  return {
    id,
    verb,
    scheme: operation.scheme ?? null,
    filter: { ...filter },
    parameters: { ...parameters },
    reason,
    status,
    version,
    by: { id: actor.id, name: actor.name },
    plannedAt,
    startedAt: operation.startedAt ?? null,
    endedAt: operation.endedAt ?? null,
    total: Object.values(counts).reduce((sum, items) => sum + items, 0),
    counts: { ...counts },
  };
}
