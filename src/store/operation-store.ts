import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/core';
import type { Actor } from '../core/terms/actor.js';
import type { Instant } from '../core/terms/instant.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

export const OPERATION_VERBS = [
  'advance',
  'suspend',
  'resume',
  'reassign',
  'remind',
  'migrate',
  'revert-migration',
] as const;

export type OperationVerb = (typeof OPERATION_VERBS)[number];

export type OperationStatus = 'planned' | 'running' | 'cancelled' | 'done';

export const ITEM_STATUSES = ['waiting', 'done', 'refused', 'failed', 'cancelled', 'unchanged'] as const;

/** `refused`: the engine said no; `failed`: the program could not do it; `unchanged`: there was nothing to do. */
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export const operationTable = defineEntity({
  name: 'Operation',
  tableName: 'operations',
  properties: {
    id: p.uuid().primary(),
    verb: p.string().$type<OperationVerb>(),
    /** Null: not of one scheme alone. */
    scheme: p.string().nullable(),
    filter: p.json<Readonly<Record<string, unknown>>>(),
    parameters: p.json<Readonly<Record<string, unknown>>>(),
    status: p.string().$type<OperationStatus>(),
    /** Who planned it; from the start on who started it, in whose name every item is done. */
    actor: p.json<Actor>(),
    reason: p.string(),
    /** Goes up with every item that is settled: by it a reader knows that there is news. */
    version: p.integer(),
    plannedAt: instantColumn(),
    startedAt: instantColumn().nullable(),
    endedAt: instantColumn().nullable(),
  },
});

export const operationItemTable = defineEntity({
  name: 'OperationItem',
  tableName: 'operation_items',
  properties: {
    operationId: p.uuid().primary(),
    /** From 1, in the order in which the items are done. */
    position: p.integer().primary(),
    kind: p.string().$type<'cycle' | 'task'>(),
    /** Id of the cycle or task. */
    subject: p.uuid(),
    region: p.string(),
    status: p.string().$type<ItemStatus>(),
    /** What would happen, as it stood when the operation was planned. */
    plan: p.json<Readonly<Record<string, unknown>>>(),
    /** What did happen; null: nothing yet. */
    outcome: p.json<Readonly<Record<string, unknown>>>().nullable(),
    at: instantColumn().nullable(),
  },
});

export type OperationRow = Readonly<InferEntity<typeof operationTable>>;
export type OperationItemRow = Readonly<InferEntity<typeof operationItemTable>>;
export type ItemCounts = Readonly<Record<ItemStatus, number>>;

export type NewItem = Pick<OperationItemRow, 'kind' | 'subject' | 'region' | 'plan'>;

/** Adds an operation with its items, which wait in the order given. */
export async function addOperation(
  tx: Tx,
  operation: Omit<OperationRow, 'version'>,
  items: readonly NewItem[],
): Promise<void> {
  await tx.insert(operationTable, { ...operation, version: 1 });
  const rows = items.map((item, index) => ({ ...item, position: index + 1 }));
  await tx.execute(
    `insert into operation_items (operation_id, position, kind, subject, region, status, plan)
     select ?, position, kind, subject, region, 'waiting', plan
     from jsonb_to_recordset(?::jsonb) as item (position int, kind text, subject uuid, region text, plan jsonb)`,
    [operation.id, JSON.stringify(rows)],
  );
}

export async function findOperation(tx: Tx, id: string): Promise<OperationRow | null> {
  return tx.findOne(operationTable, { id }, { refresh: true });
}

/** The operation, locked until the transaction ends: while one item is done, nobody does another or cancels. */
export async function lockOperation(tx: Tx, id: string): Promise<OperationRow | null> {
  return tx.findOne(operationTable, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Changes a locked operation and raises its version. */
export async function changeOperation(
  tx: Tx,
  operation: OperationRow,
  changes: Partial<Pick<OperationRow, 'status' | 'actor' | 'startedAt' | 'endedAt'>>,
): Promise<void> {
  Object.assign(operation, { ...changes, version: operation.version + 1 });
  await tx.flush();
}

export interface OperationFilter {
  readonly scheme?: string;
  readonly status?: OperationStatus;
  /** Operations that were planned before the one of this id. */
  readonly before?: string;
  readonly limit: number;
}

/** The newest first: ids that were made later sort later. */
export async function listOperations(tx: Tx, filter: OperationFilter): Promise<readonly OperationRow[]> {
  return tx.find(
    operationTable,
    {
      ...(filter.scheme === undefined ? {} : { scheme: filter.scheme }),
      ...(filter.status === undefined ? {} : { status: filter.status }),
      ...(filter.before === undefined ? {} : { id: { $lt: filter.before } }),
    },
    { orderBy: { id: 'desc' }, limit: filter.limit },
  );
}

/** How many items of each operation have which status; an operation without items is absent. */
export async function countItems(
  tx: Tx,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, ItemCounts>> {
  if (operationIds.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; status: ItemStatus; items: number }[]>(
    `select operation_id as id, status, count(*)::int as items from operation_items
     where operation_id in (?) group by 1, 2`,
    [[...operationIds]],
  );
  const counts = new Map<string, Record<ItemStatus, number>>();
  for (const { id, status, items } of rows) {
    const of = counts.get(id) ?? noItems();
    of[status] = items;
    counts.set(id, of);
  }
  return counts;
}

/** The counts of an operation without items. */
export function noItems(): Record<ItemStatus, number> {
  return { waiting: 0, done: 0, refused: 0, failed: 0, cancelled: 0, unchanged: 0 };
}

/** Items after a position (0: from the beginning), in order, at most `limit`. */
export async function listItems(
  tx: Tx,
  operationId: string,
  page: {
    readonly status?: ItemStatus;
    /** Id of the cycle or task. */
    readonly subject?: string;
    readonly after: number;
    readonly limit: number;
  },
): Promise<readonly OperationItemRow[]> {
  return tx.find(
    operationItemTable,
    {
      operationId,
      position: { $gt: page.after },
      ...(page.status === undefined ? {} : { status: page.status }),
      ...(page.subject === undefined ? {} : { subject: page.subject }),
    },
    { orderBy: { position: 'asc' }, limit: page.limit },
  );
}

/** The first item that waits; null when none does. For the holder of the operation's lock. */
export async function nextWaitingItem(tx: Tx, operationId: string): Promise<OperationItemRow | null> {
  const [item] = await tx.find(
    operationItemTable,
    { operationId, status: 'waiting' },
    { orderBy: { position: 'asc' }, limit: 1, refresh: true },
  );
  return item ?? null;
}

/** What became of an item, for the holder of the operation's lock. */
export async function settleItem(
  tx: Tx,
  item: OperationItemRow,
  settled: {
    readonly status: ItemStatus;
    readonly outcome: OperationItemRow['outcome'];
    readonly at: Instant;
  },
): Promise<void> {
  // As text: MikroORM's own update would write into the outcome, parts of which are frozen definitions.
  await tx.flush();
  await tx.execute(
    'update operation_items set status = ?, outcome = ?::jsonb, at = ? where operation_id = ? and position = ?',
    [settled.status, JSON.stringify(settled.outcome), settled.at, item.operationId, item.position],
  );
}

/** Cancels every item that still waits; gives how many. */
export async function cancelWaitingItems(tx: Tx, operationId: string, at: Instant): Promise<number> {
  const rows = await tx.execute<unknown[]>(
    `update operation_items set status = 'cancelled', at = ?
     where operation_id = ? and status = 'waiting' returning position`,
    [at, operationId],
  );
  return rows.length;
}
