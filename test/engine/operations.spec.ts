import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/core/terms/domain-error.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { cancelOperation } from '../../src/engine/operations/cancel-operation.js';
import type { OperationOrder } from '../../src/engine/operations/operation-order.js';
import { readOperations } from '../../src/engine/operations/read-operations.js';
import { runNextItem } from '../../src/engine/operations/run-next-item.js';
import { runOperation } from '../../src/engine/operations/run-operation.js';
import { startOperation } from '../../src/engine/operations/start-operation.js';
import { by } from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { openOperationsWorld, REGIONS, type OperationsWorld } from './operations-fixture.js';

describe('operations over many', () => {
  let world: OperationsWorld;

  beforeAll(async () => {
    world = await openOperationsWorld();
  });
  afterAll(() => world.engine.close());

  it('plans first: says for each region what would happen, and writes nothing else', async () => {
    await recordFacts(world.engine.deps, {
      ...by(world.engine.authority('DE1')),
      cycleId: world.engine.cycle('DE1'),
      facts: agendaSettingFacts(),
    });
    const before = await world.rows('select id, version from cycles order by id');
    const entries = await world.rows('select count(*) from log_entries');
    const operation = await world.plan(world.advance());
    expect([operation.status, operation.total, operation.counts.waiting]).toEqual([
      'planned',
      REGIONS,
      REGIONS,
    ]);
    const items = await world.itemsOf(operation.id);
    const open = items.find(({ region }) => region === 'DE1');
    expect(open?.plan).toMatchObject({
      result: 'done',
      code: 'advanced',
      details: { from: 'agenda_setting', to: 'strategy_development', gate: 'agenda_setting.exit' },
    });
    const shut = items.find(({ region }) => region === 'SI0');
    expect(shut?.plan).toMatchObject({ result: 'refused', code: 'gate.refused' });
    expect(shut?.plan['details']).toMatchObject({ missing: expect.arrayContaining(['gov.body_named']) });
    expect(await world.rows('select id, version from cycles order by id')).toEqual(before);
    expect(await world.rows('select count(*) from log_entries')).toEqual(entries);
    expect(await world.rows("select 1 from outbox where type = 'run-operation'")).toEqual([]);
  });

  it('decides each item anew when it runs: facts that have come since the plan count, and a refusal is logged', async () => {
    const operation = await world.plan(world.advance(['DE1', 'AT31', 'SI0']));
    await recordFacts(world.engine.deps, {
      ...by(world.engine.authority('AT31')),
      cycleId: world.engine.cycle('AT31'),
      facts: agendaSettingFacts(),
    });
    await world.runAll(operation.id);
    const done = await world.read(operation.id);
    expect([done.status, done.counts.done, done.counts.refused, done.counts.waiting]).toEqual([
      'done',
      2,
      1,
      0,
    ]);
    const items = await world.itemsOf(operation.id);
    expect(items.map(({ region, plan: { result }, status }) => [region, result, status]).toSorted()).toEqual([
      ['AT31', 'refused', 'done'],
      ['DE1', 'done', 'done'],
      ['SI0', 'refused', 'refused'],
    ]);
    const log = await world.rows<{ kind: string; actor_id: string; note: string }>(
      `select kind, actor_id, details ->> 'note' as note from log_entries where cycle_id = ?
       and kind in ('refusal', 'transition') order by sequence desc limit 1`,
      [world.engine.cycle('SI0')],
    );
    expect(log).toEqual([{ kind: 'refusal', actor_id: 'coordinator', note: 'decided together' }]);
  });

  it('suspends a whole scheme in the name of whoever started it, and leaves alone what rests already', async () => {
    const first = await world.plan(world.move('suspend', { regions: ['FRC2'] }));
    await world.runAll(first.id);
    const operation = await world.plan(world.move('suspend'));
    expect(
      (await world.itemsOf(operation.id)).filter(({ plan: { result } }) => result === 'unchanged'),
    ).toHaveLength(1);
    await world.runAll(operation.id);
    expect(new Set(await world.statuses())).toEqual(new Set(['suspended']));
    expect((await world.read(operation.id)).counts).toMatchObject({ done: REGIONS - 1, unchanged: 1 });

    const back = await world.plan(world.move('resume'));
    await world.runAll(back.id);
    expect(new Set(await world.statuses())).toEqual(new Set(['active']));
    expect((await world.read(back.id)).counts.done).toBe(REGIONS);
  });

  it('cancels in the middle: what is done stays done, the rest is never touched', async () => {
    const operation = await world.plan(world.move('suspend'));
    await world.start(operation.id);
    for (let items = 0; items < 3; items += 1) await runNextItem(world.engine.deps, operation.id);
    const cancelled = await cancelOperation(world.engine.deps, {
      ...by(world.engine.coordinator),
      operationId: operation.id,
    });
    expect([cancelled.status, cancelled.counts.done, cancelled.counts.cancelled]).toEqual([
      'cancelled',
      3,
      REGIONS - 3,
    ]);
    await world.runBatches(operation.id);
    expect((await world.statuses()).filter((status) => status === 'suspended')).toHaveLength(3);
    const again = cancelOperation(world.engine.deps, {
      ...by(world.engine.coordinator),
      operationId: operation.id,
    });
    await expect(again).rejects.toMatchObject({ code: 'operation.not-possible' });
    const back = await world.plan(world.move('resume', { status: 'suspended' }));
    expect(back.total).toBe(3);
    await world.runAll(back.id);
  });

  it('does no item twice when two workers have the same effect, and goes on after the first is done', async () => {
    const operation = await world.plan(world.move('suspend'));
    await world.start(operation.id);
    const id = await world.effectOf(operation.id);
    const payload = { type: 'run-operation', operationId: operation.id, batch: 1 } as const;
    const outcomes = await Promise.all([
      runOperation(world.engine.deps, id, payload),
      runOperation(world.engine.deps, id, payload),
    ]);
    expect(outcomes.toSorted()).toEqual(['applied', 'duplicate']);
    expect((await world.read(operation.id)).counts.done).toBe(REGIONS);
    const doubled = await world.rows(
      `select l.cycle_id from operation_items i join log_entries l on l.cycle_id = i.subject
       where i.operation_id = ? and l.at = i.at and l.kind = 'transition' and l.details ->> 'type' = 'suspend'
       group by l.cycle_id having count(*) > (select count(*) from operation_items j
         where j.subject = l.cycle_id and j.status = 'done' and j.outcome ->> 'code' = 'suspended')`,
      [operation.id],
    );
    expect(doubled).toEqual([]);
    expect((await world.read(operation.id)).status).toBe('done');
    const back = await world.plan(world.move('resume'));
    await world.runAll(back.id);
  });

  it.each([
    ['before the commit of an item', 'before'],
    ['after the commit of an item', 'after'],
  ] as const)('goes on where it stopped when the process dies %s', async (_, when) => {
    const operation = await world.plan(world.move('suspend'));
    await world.start(operation.id);
    const id = await world.effectOf(operation.id);
    const payload = { type: 'run-operation', operationId: operation.id, batch: 1 } as const;
    await expect(runOperation(dying(world.engine.deps, 5, when), id, payload)).rejects.toMatchObject({
      code: 'database.unreachable',
    });
    const { status, counts } = await world.read(operation.id);
    expect([status, counts.done]).toEqual(['running', when === 'before' ? 4 : 5]);
    await world.runBatches(operation.id);
    expect((await world.read(operation.id)).counts).toMatchObject({ done: REGIONS, failed: 0 });
    expect(new Set(await world.statuses())).toEqual(new Set(['suspended']));
    const back = await world.plan(world.move('resume'));
    await world.runAll(back.id);
  });

  it('keeps a failure of the program to its item: it is named, nothing of it stays, the others are done', async () => {
    const operation = await world.plan(world.move('suspend'));
    await world.start(operation.id);
    let decisions = 0;
    const broken: EngineDeps = {
      ...world.engine.deps,
      catalog: {
        ...world.engine.deps.catalog,
        workflow(pin) {
          decisions += 1;
          if (decisions === 4) throw new TypeError('nobody foresaw this');
          return world.engine.deps.catalog.workflow(pin);
        },
      },
    };
    await runOperation(broken, await world.effectOf(operation.id), {
      type: 'run-operation',
      operationId: operation.id,
      batch: 1,
    });
    expect((await world.read(operation.id)).counts).toMatchObject({ done: REGIONS - 1, failed: 1 });
    const failed = (await world.itemsOf(operation.id)).find(({ status }) => status === 'failed');
    expect(failed?.outcome).toMatchObject({ result: 'failed', code: 'internal' });
    const [row] = await world.rows<{ status: string }>('select status from cycles where id = ?', [
      failed?.subject,
    ]);
    expect(row?.status).toBe('active');
    const back = await world.plan(world.move('resume', { status: 'suspended' }));
    await world.runAll(back.id);
  });

  it('lets those plan, start and cancel who may do the verb, and refuses a second start or a stale one', async () => {
    await expect(world.plan(world.move('suspend'), world.engine.administrator)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    await expect(world.plan(world.move('suspend'), world.engine.authority('DE1'))).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    await expect(
      world.plan({ ...world.advance(), filter: { scheme: 'nowhere' } } as OperationOrder),
    ).rejects.toMatchObject({
      code: 'scheme.not-found',
      details: { pointer: '/filter/scheme' },
    });
    await expect(world.plan(world.move('suspend', { regions: ['DE1', 'XX9'] }))).rejects.toMatchObject({
      code: 'region.not-found',
      details: { pointer: '/filter/regions/1' },
    });
    const operation = await world.plan(world.move('suspend', { regions: ['ITC4'] }));
    await expect(
      startOperation(world.engine.deps, {
        ...by(world.engine.coordinator),
        expectedVersion: 7,
        operationId: operation.id,
      }),
    ).rejects.toMatchObject({ code: 'version.stale' });
    await expect(world.start(operation.id, world.engine.administrator)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
    await world.start(operation.id);
    await expect(world.start(operation.id)).rejects.toMatchObject({ code: 'operation.not-possible' });
    await world.runBatches(operation.id);
    const [newest] = await readOperations(world.engine.deps, {
      actor: world.engine.auditor,
      filter: { limit: 1 },
    });
    expect([newest?.id, newest?.status]).toEqual([operation.id, 'done']);
    await expect(
      readOperations(world.engine.deps, { actor: world.engine.authority('DE1'), filter: { limit: 1 } }),
    ).rejects.toMatchObject({ code: 'auth.role-forbidden' });
  });

  it('ends at once when nothing is meant', async () => {
    const operation = await world.plan({ ...world.move('resume', { stage: 'review' }) });
    expect([operation.total, (await world.start(operation.id)).status]).toEqual([0, 'done']);
  });

  it('leaves every history as it can be rebuilt', async () => {
    const report = await verifyCycles(world.engine.deps, { actor: world.engine.auditor, cycleId: null });
    expect(report.faults).toEqual([]);
  });
});

/** An engine whose database is lost at its n-th transaction. */
function dying(deps: EngineDeps, nth: number, when: 'before' | 'after'): EngineDeps {
  let transactions = 0;
  const lost = () => new DomainError('database.unreachable', { reason: 'pulled' }, 'later');
  return {
    ...deps,
    database: {
      ...deps.database,
      async transact(work) {
        transactions += 1;
        if (transactions !== nth) return deps.database.transact(work);
        if (when === 'after') {
          await deps.database.transact(work);
          throw lost();
        }
        return deps.database.transact(async (tx) => {
          await work(tx);
          throw lost();
        });
      },
    },
  };
}
