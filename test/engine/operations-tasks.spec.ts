import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import type { OperationOrder } from '../../src/engine/operations/operation-order.js';
import { OPERATION_ITEMS_MAX } from '../../src/engine/operations/plan-operation.js';
import { BATCH_ITEMS_MAX } from '../../src/engine/operations/run-operation.js';
import { openScheme } from '../../src/engine/schemes/open-scheme.js';
import { claimTask } from '../../src/engine/tasks/claim-task.js';
import { readTasks } from '../../src/engine/tasks/read-tasks.js';
import { by } from '../support/engine.js';
import { openOperationsWorld, type OperationsWorld } from './operations-fixture.js';

describe('operations over many tasks', () => {
  let world: OperationsWorld;

  beforeAll(async () => {
    world = await openOperationsWorld();
  });
  afterAll(() => world.engine.close());

  it('reassigns tasks from whom to whom, to nobody who could not do them, and tells the new person once per task', async () => {
    const to = 'authority-DE2';
    const [taken] = await readTasks(world.engine.deps, {
      actor: world.engine.authority('DE2'),
      filter: { limit: 1, region: 'DE2', status: 'open' },
    });
    await claimTask(world.engine.deps, { ...by(world.engine.authority('DE2')), taskId: taken?.id ?? '' });
    const operation = await world.plan({
      verb: 'reassign',
      filter: { scheme: world.scheme, regions: ['DE2', 'SI0'], kind: 'sub-step' },
      parameters: { to },
      reason: 'on parental leave',
    });
    const planned = await world.itemsOf(operation.id);
    expect(planned.find(({ subject }) => subject === taken?.id)?.plan['result']).toBe('unchanged');
    expect(planned.filter(({ region }) => region === 'SI0').map(({ plan: { code } }) => code)).toContain(
      'task.delegate-unknown',
    );
    await world.runAll(operation.id, world.engine.administrator);
    const items = await world.itemsOf(operation.id);
    expect(items.map(({ plan: { result }, status }) => result === status)).not.toContain(false);
    const done = items.filter(({ status }) => status === 'done');
    expect(done.length).toBeGreaterThan(2);
    const assigned = await world.rows<{ assignee: string }>('select assignee from tasks where id in (?)', [
      done.map(({ subject }) => subject),
    ]);
    expect(new Set(assigned.map(({ assignee }) => assignee))).toEqual(new Set([to]));
    const log = await world.rows<{ actor_id: string; n: number }>(
      `select actor_id, count(*)::int as n from log_entries
       where details ->> 'change' = 'reassigned' and details ->> 'note' = 'on parental leave' group by 1`,
    );
    expect(log).toEqual([{ actor_id: 'administrator', n: done.length }]);
    await expect(
      world.plan({
        verb: 'reassign',
        filter: { scheme: world.scheme },
        parameters: { to: 'nobody' },
        reason: 'x',
      }),
    ).rejects.toMatchObject({ code: 'task.delegate-unknown' });
  });

  it('finds the tasks whose day has passed where their people act', async () => {
    const order = (overdue: boolean): OperationOrder => ({
      verb: 'remind',
      filter: { scheme: world.scheme, overdue },
      parameters: {},
      reason: 'late',
    });
    const [late, rest, all] = [
      await world.plan(order(true)),
      await world.plan(order(false)),
      await world.plan({ verb: 'remind', filter: { scheme: world.scheme }, parameters: {}, reason: 'all' }),
    ];
    expect(late.total).toBeGreaterThan(0);
    expect(late.total + rest.total).toBe(all.total);
    const days = await world.rows<{ due_on: string | null }>(
      `select due_on::text from tasks where id in (select subject from operation_items where operation_id = ?)`,
      [late.id],
    );
    expect(days.every(({ due_on }) => due_on !== null && due_on < '2017-07-03')).toBe(true);
  });

  it('reminds of more than 200 tasks in batches: the person who has a task, else everybody who could', async () => {
    for (const id of ['s3-second', 's3-third']) {
      await openScheme(world.engine.deps, { ...by(SYSTEM_ACTOR), scheme: { ...world.engine.scheme, id } });
    }
    await suspendCycle(world.engine.deps, {
      ...by(world.engine.coordinator),
      cycleId: world.engine.cycle('ITC4'),
      note: null,
      decidedOn: null,
    });
    const operation = await world.plan({
      verb: 'remind',
      filter: {},
      parameters: {},
      reason: 'the annual report is near',
    });
    expect(operation.total).toBeGreaterThan(200);
    await world.start(operation.id);
    await world.runBatches(operation.id);
    const { status, counts } = await world.read(operation.id);
    expect([status, counts.done + counts.refused]).toEqual(['done', operation.total]);
    expect(counts.done).toBeGreaterThan(200);
    // One region rests, and its tasks with it.
    const refused = (await world.itemsOf(operation.id)).filter((item) => item.status === 'refused');
    expect(new Set(refused.map(({ outcome }) => outcome?.['code']))).toEqual(new Set(['task.parked']));
    const batches = await world.rows<{ n: number }>(
      `select count(*)::int as n from outbox where type = 'run-operation' and payload ->> 'operationId' = ?`,
      [operation.id],
    );
    expect(batches).toEqual([{ n: Math.ceil(operation.total / BATCH_ITEMS_MAX) }]);
    const told = await world.rows<{ payload: { audience: string[]; people: string[] } }>(
      `select payload from outbox where payload ->> 'template' = 'task.reminded'
       and payload -> 'people' ->> 0 = 'authority-DE2'`,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.flatMap(({ payload }) => payload.audience)).toEqual([]);
  });

  it('refuses more than one operation may hold', async () => {
    await world.engine.deps.database.transact((tx) =>
      tx.execute(
        `insert into tasks select made.*
         from (select * from tasks where status = 'open' limit 1) t, generate_series(1, ?) n,
           jsonb_populate_record(null::tasks, to_jsonb(t) || jsonb_build_object(
             'id', gen_random_uuid(), 'reference', 'many/' || n)) made`,
        [OPERATION_ITEMS_MAX + 1],
      ),
    );
    await expect(
      world.plan({ verb: 'remind', filter: {}, parameters: {}, reason: 'all' }),
    ).rejects.toMatchObject({
      code: 'operation.too-large',
      details: { limit: OPERATION_ITEMS_MAX },
    });
  });
});
