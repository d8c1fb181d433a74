import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { makeCatalog, type Catalog, type WorkflowMapping } from '../../src/catalog/catalog.js';
import { compileWorkflow, type Workflow } from '../../src/core/machines/compile-workflow.js';
import { mappingSchema } from '../../src/core/machines/mapping-schema.js';
import { workflowSchema } from '../../src/core/machines/workflow-schema.js';
import type { RowImage } from '../../src/core/history/row-change.js';
import type { Actor } from '../../src/core/terms/actor.js';
import { advanceCycle } from '../../src/engine/cycles/advance-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { driveOperation } from '../../src/engine/operations/drive-operation.js';
import type { OperationOrder } from '../../src/engine/operations/operation-order.js';
import type { OperationView } from '../../src/engine/operations/operation-view.js';
import { planOperation } from '../../src/engine/operations/plan-operation.js';
import { readOperation, readOperationItems } from '../../src/engine/operations/read-operations.js';
import { startOperation } from '../../src/engine/operations/start-operation.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { cycleImage, findCycle } from '../../src/store/cycle-store.js';
import { listFacts } from '../../src/store/fact-store.js';
import { listMilestones } from '../../src/store/milestone-store.js';
import type { OperationItemRow } from '../../src/store/operation-store.js';
import { listOpenTasks, taskImage } from '../../src/store/task-store.js';
import { isJournaledTimer, listWaitingTimers, timerImage } from '../../src/store/timer-store.js';
import {
  by,
  instant,
  openTestEngine,
  PATHS,
  shippedDefinitions,
  type TestEngine,
} from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';

export const ID = 'region-cycle';
export const plain = { note: null, decidedOn: null } as const;

/** A workflow file, as far as these tests change it. */
export interface Tree {
  version: number;
  milestones: Record<string, unknown>;
  states: Record<
    string,
    {
      tasks: { id: string; [more: string]: unknown }[];
      timers?: { id: string; [more: string]: unknown }[];
      events: Record<string, { to: string; gate?: string }[]>;
    }
  >;
}

/** A shipped version with other content, as another version. */
export function edited(version: number, edit: (file: Tree) => void, from = 1): Workflow {
  const file = JSON.parse(readFileSync(`${PATHS.workflows}/${ID}/${from}.json`, 'utf8')) as Tree;
  file.version = version;
  edit(file);
  return compileWorkflow(workflowSchema.parse(file), String(version).padStart(64, '0'));
}

export function mappingTo(version: number, more: object = {}, from = 1): WorkflowMapping {
  const mapping = mappingSchema.parse({
    from: { id: ID, version: from },
    to: { id: ID, version },
    source: 'test',
    timerPolicy: 'keep',
    ...more,
  });
  return { ...mapping, hash: String(version).padStart(64, 'f') };
}

/** The shipped catalog with more versions and the ways to them. */
export function catalogOf(workflows: readonly Workflow[], mappings: readonly WorkflowMapping[]): Catalog {
  const { catalog } = shippedDefinitions();
  return makeCatalog({
    ...catalog,
    workflows: [...catalog.workflows, ...workflows],
    mappings: [...catalog.mappings, ...mappings],
  });
}

export function first<T>(list: readonly T[]): T {
  const [found] = list;
  if (found === undefined) throw new Error('an empty list');
  return found;
}

/** Everything of a cycle that lives, but for what only counts up. */
export interface Living {
  readonly row: RowImage;
  readonly tasks: readonly RowImage[];
  readonly timers: readonly RowImage[];
  readonly milestones: readonly object[];
  readonly facts: readonly object[];
}

/**
 * The shipped scheme in July 2017 with a region in its second stage (DE1), one that rests (AT31) and one with a claimed
 * task (DE2), and what migrations are asked and told by.
 */
export interface MigrationWorld {
  readonly engine: TestEngine;
  plan(order: OperationOrder, deps?: EngineDeps, actor?: Actor): Promise<OperationView>;
  /** Plans, starts and does all of it. */
  run(order: OperationOrder, deps?: EngineDeps): Promise<OperationView>;
  read(operationId: string): Promise<OperationView>;
  itemsOf(operationId: string): Promise<readonly OperationItemRow[]>;
  living(nuts: string): Promise<Living>;
  expectCleanHistory(): Promise<void>;
}

export function migrate(toVersion: number, regions?: readonly string[]): OperationOrder {
  return {
    verb: 'migrate',
    filter: { regions },
    parameters: { workflow: ID, toVersion },
    reason: 'a better procedure',
  };
}

export function revert(operation: string): OperationOrder {
  return { verb: 'revert-migration', filter: {}, parameters: { operation }, reason: 'not better after all' };
}

export async function openMigrationWorld(): Promise<MigrationWorld> {
  const engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
  const { deps, administrator, auditor: actor } = engine;
  await recordFacts(deps, {
    ...by(engine.authority('DE1')),
    cycleId: engine.cycle('DE1'),
    facts: agendaSettingFacts(),
  });
  const command = (nuts: string) => ({ ...by(engine.coordinator), cycleId: engine.cycle(nuts), ...plain });
  await advanceCycle(deps, { ...command('DE1'), to: null });
  await suspendCycle(deps, command('AT31'));
  const [task] = await deps.database.read((tx) => listOpenTasks(tx, engine.cycle('DE2')));
  await claimTask(deps, { ...by(engine.authority('DE2')), taskId: task?.id ?? '' });

  const plan: MigrationWorld['plan'] = (order, own = deps, who = administrator) =>
    planOperation(own, { ...by(who), order });
  const read: MigrationWorld['read'] = (operationId) => readOperation(deps, { actor, operationId });
  return {
    engine,
    plan,
    read,
    async run(order, own = deps) {
      const { id: operationId } = await plan(order, own);
      await startOperation(own, { ...by(administrator), operationId });
      await driveOperation(own, operationId, () => undefined);
      return read(operationId);
    },
    itemsOf: (operationId) =>
      readOperationItems(deps, { actor, operationId, page: { after: 0, limit: 200 } }),
    living: (nuts) => livingOf(engine, nuts),
    async expectCleanHistory() {
      const { faults } = await verifyCycles(deps, { actor, cycleId: null });
      expect(faults).toEqual([]);
    },
  };
}

function livingOf(engine: TestEngine, nuts: string): Promise<Living> {
  return engine.deps.database.read(async (tx) => {
    const id = engine.cycle(nuts);
    const cycle = await findCycle(tx, id);
    if (cycle === null) throw new Error(`no cycle of ${nuts}`);
    const tasks = (await listOpenTasks(tx, id)).map((task) => without(taskImage(task), 'version'));
    return {
      row: without(cycleImage(cycle), 'version', 'changedAt'),
      tasks: tasks.toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1)),
      timers: (await listWaitingTimers(tx, id)).filter(isJournaledTimer).map(timerImage),
      milestones: (await listMilestones(tx, id)).map((one) => ({ ...one })),
      facts: (await listFacts(tx, id)).map((one) => ({ ...one })),
    };
  });
}

function without(image: RowImage, ...names: readonly string[]): RowImage {
  return Object.fromEntries(Object.entries(image).filter(([name]) => !names.includes(name)));
}
