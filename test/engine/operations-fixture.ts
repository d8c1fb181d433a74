import { expect } from '@jest/globals';
import type { Actor } from '../../src/core/terms/actor.js';
import type { OperationOrder } from '../../src/engine/operations/operation-order.js';
import type { OperationView } from '../../src/engine/operations/operation-view.js';
import { OPERATION_ITEMS_MAX, planOperation } from '../../src/engine/operations/plan-operation.js';
import { readOperation, readOperationItems } from '../../src/engine/operations/read-operations.js';
import { startOperation } from '../../src/engine/operations/start-operation.js';
import { handleEffect } from '../../src/jobs/handle-effect.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import type { OperationItemRow } from '../../src/store/operation-store.js';
import { by, instant, openTestEngine, shippedDefinitions, type TestEngine } from '../support/engine.js';

export const REGIONS = 11;

/** The shipped scheme in July 2017, and how operations are planned, started and looked at. */
export interface OperationsWorld {
  readonly engine: TestEngine;
  readonly scheme: string;
  plan(order: OperationOrder, actor?: Actor): Promise<OperationView>;
  start(operationId: string, actor?: Actor): Promise<OperationView>;
  read(operationId: string): Promise<OperationView>;
  itemsOf(operationId: string): Promise<readonly OperationItemRow[]>;
  rows<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Of every cycle of the scheme. */
  statuses(): Promise<readonly string[]>;
  /** Id of the last effect that the operation has recorded. */
  effectOf(operationId: string): Promise<string>;
  /** Carries out what the operation has recorded, and nothing else: the notices are other tests' concern. */
  runBatches(operationId: string): Promise<void>;
  /** Starts it and carries it out. */
  runAll(operationId: string, actor?: Actor): Promise<void>;
  move(verb: 'suspend' | 'resume', more?: object): OperationOrder;
  advance(regions?: readonly string[]): OperationOrder;
}

export async function openOperationsWorld(): Promise<OperationsWorld> {
  const engine = await openTestEngine();
  engine.clock.set(instant('2017-07-03T08:00:00Z'));
  const { deps, coordinator } = engine;
  const scheme = engine.scheme.id;
  const rows: OperationsWorld['rows'] = <Row extends object>(sql: string, parameters: unknown[] = []) =>
    deps.database.read((tx) => tx.execute<Row[]>(sql, parameters));
  const read: OperationsWorld['read'] = (operationId) =>
    readOperation(deps, { actor: coordinator, operationId });
  const start: OperationsWorld['start'] = (operationId, actor = coordinator) =>
    startOperation(deps, { ...by(actor), operationId });
  const effectOf = async (operationId: string): Promise<string> => {
    const [row] = await rows<{ id: string }>(
      `select id from outbox where type = 'run-operation' and payload ->> 'operationId' = ? order by sequence desc`,
      [operationId],
    );
    return row?.id ?? '';
  };
  const jobs = {
    engine: deps,
    render: shippedDefinitions().render,
    mailChannel: makeMailboxChannel(async () => undefined),
  };
  const runBatches = async (operationId: string): Promise<void> => {
    for (let batch = 1; (await read(operationId)).status === 'running'; batch += 1) {
      const payload = { type: 'run-operation', operationId, batch };
      expect(await handleEffect(jobs, { id: await effectOf(operationId), payload })).toBe('applied');
    }
  };
  return {
    engine,
    scheme,
    rows,
    read,
    start,
    effectOf,
    runBatches,
    plan: (order, actor = coordinator) => planOperation(deps, { ...by(actor), order }),
    itemsOf: (operationId) =>
      readOperationItems(deps, {
        actor: coordinator,
        operationId,
        page: { after: 0, limit: OPERATION_ITEMS_MAX },
      }),
    statuses: async () =>
      (await rows<{ status: string }>('select status from cycles where scheme = ?', [scheme])).map(
        ({ status }) => status,
      ),
    async runAll(operationId, actor = coordinator) {
      await start(operationId, actor);
      await runBatches(operationId);
    },
    move: (verb, more = {}) => ({
      verb,
      filter: { scheme, ...more },
      parameters: { decidedOn: null },
      reason: 'elections in all regions',
    }),
    advance: (regions) => ({
      verb: 'advance',
      filter: { scheme, regions },
      parameters: { to: null, decidedOn: null },
      reason: 'decided together',
    }),
  };
}
