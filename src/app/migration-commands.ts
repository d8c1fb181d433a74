import type { Command } from 'commander';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { readWorkflows } from '../engine/migrations/read-workflows.js';
import { driveOperation } from '../engine/operations/drive-operation.js';
import type { OperationOrder } from '../engine/operations/operation-order.js';
import { planOperation } from '../engine/operations/plan-operation.js';
import { readOperation, readOperationItems } from '../engine/operations/read-operations.js';
import { startOperation } from '../engine/operations/start-operation.js';
import { migrationLine } from './migration-line.js';
import { onRuntime } from './on-runtime.js';

const context = { actor: SYSTEM_ACTOR, expectedVersion: null, idempotency: null } as const;
const PAGE_ITEMS_MAX = 200;

interface PlanOptions {
  readonly workflow: string;
  readonly to: string;
  readonly scheme?: string;
  readonly region?: readonly string[];
  readonly reason: string;
}

/** What takes running cycles from one version of their workflow to another, and back. */
export function addMigrationCommands(program: Command): void {
  const migrations = program
    .command('migrations')
    .description('running cycles and the versions they live by');
  migrations
    .command('list')
    .description('versions, how many cycles live by each, and where they can be migrated')
    .action(() => onRuntime(async ({ engine }) => listVersions(engine)));
  migrations
    .command('plan')
    .description('say for each cycle what would happen, and do nothing; exit code 1 if one cannot move')
    .requiredOption('--workflow <id>')
    .requiredOption('--to <version>')
    .option('--scheme <id>', 'only the cycles of one scheme')
    .option('--region <nuts...>', 'only the cycles of some regions')
    .requiredOption('--reason <text>', 'for the log of every cycle')
    .action((options: PlanOptions) =>
      onRuntime(async ({ engine }) => {
        await plan(engine, orderOf(options));
      }),
    );
  migrations
    .command('apply <operation>')
    .description(
      'carry a plan out, or go on with one that was interrupted; exit code 1 if a cycle did not move',
    )
    .action((operation: string) => onRuntime(async ({ engine }) => apply(engine, operation)));
  migrations
    .command('revert <operation>')
    .description('put back what a migration has moved; exit code 1 if a cycle could not be put back')
    .requiredOption('--reason <text>', 'for the log of every cycle')
    .action((operation: string, { reason }: { readonly reason: string }) =>
      onRuntime(async ({ engine }) => {
        const order = { verb: 'revert-migration', filter: {}, parameters: { operation }, reason } as const;
        await apply(engine, await plan(engine, order));
      }),
    );
}

function orderOf({ workflow, to, scheme, region, reason }: PlanOptions): OperationOrder {
  return {
    verb: 'migrate',
    filter: { scheme, regions: region },
    parameters: { workflow, toVersion: Number(to) },
    reason,
  };
}

async function listVersions(engine: EngineDeps): Promise<void> {
  for (const { id, version, isInstalled, cycles, mappings } of await readWorkflows(engine)) {
    const ways = mappings.map(({ to, timerPolicy }) => `${to} (timers: ${timerPolicy})`).join(', ');
    console.log(
      `${id} ${version}  ${cycles} cycles${isInstalled ? '' : '  not installed here'}${ways === '' ? '' : `  -> ${ways}`}`,
    );
  }
}

/** Gives the id of the operation. */
async function plan(engine: EngineDeps, order: OperationOrder): Promise<string> {
  const { id, total } = await planOperation(engine, { ...context, order });
  let refused = 0;
  for await (const { region, subject, plan: foreseen } of allItems(engine, id)) {
    if (foreseen['result'] === 'refused') refused += 1;
    console.log(migrationLine({ region, id: subject }, foreseen, true));
  }
  console.log(`operation ${id}: ${total} cycles, ${refused} cannot move`);
  if (refused > 0) process.exitCode = 1;
  return id;
}

async function apply(engine: EngineDeps, operationId: string): Promise<void> {
  const { status, total } = await readOperation(engine, { actor: SYSTEM_ACTOR, operationId });
  if (status !== 'running') await startOperation(engine, { ...context, operationId });
  let done = 0;
  await driveOperation(engine, operationId, () => {
    done += 1;
    console.error(`${done} of ${total} cycles`);
  });
  for await (const { region, subject, outcome } of allItems(engine, operationId)) {
    console.log(migrationLine({ region, id: subject }, outcome ?? {}, false));
  }
  const { counts, status: end } = await readOperation(engine, { actor: SYSTEM_ACTOR, operationId });
  console.log(
    `operation ${operationId} is ${end}: ${counts.done} done, ${counts.unchanged} unchanged, ${counts.refused} refused, ${counts.failed} failed`,
  );
  if (counts.refused + counts.failed + counts.waiting > 0) process.exitCode = 1;
}

async function* allItems(engine: EngineDeps, operationId: string) {
  for (let after = 0; ;) {
    const items = await readOperationItems(engine, {
      actor: SYSTEM_ACTOR,
      operationId,
      page: { after, limit: PAGE_ITEMS_MAX },
    });
    yield* items;
    if (items.length < PAGE_ITEMS_MAX) return;
    after = items.at(-1)?.position ?? after;
  }
}
