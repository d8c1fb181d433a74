import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/core/terms/domain-error.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import type { EngineDeps } from '../../src/engine/engine-deps.js';
import { readWorkflows } from '../../src/engine/migrations/read-workflows.js';
import { driveOperation } from '../../src/engine/operations/drive-operation.js';
import { startOperation } from '../../src/engine/operations/start-operation.js';
import { completeTask } from '../../src/engine/tasks/complete-task.js';
import { listOpenTasks } from '../../src/store/task-store.js';
import { by } from '../support/engine.js';
import {
  catalogOf,
  edited,
  first,
  mappingTo,
  migrate,
  openMigrationWorld,
  plain,
  revert,
  type MigrationWorld,
  type Tree,
} from './migrations-fixture.js';

const REGIONS = 11;

describe('migrations of running work', () => {
  let world: MigrationWorld;

  beforeAll(async () => {
    world = await openMigrationWorld();
  });
  afterAll(() => world.engine.close());

  const everybody = async () =>
    Object.fromEntries(
      await Promise.all(
        [...world.engine.cycles.keys()].map(async (nuts) => [nuts, await world.living(nuts)] as const),
      ),
    );

  it('plans the second version over all living cycles, those that rest included, and writes nothing', async () => {
    const before = await everybody();
    const operation = await world.plan(migrate(2));
    expect([operation.status, operation.total]).toEqual(['planned', REGIONS]);
    const items = await world.itemsOf(operation.id);
    expect(new Set(items.map(({ plan: { result } }) => result))).toEqual(new Set(['done']));
    const resting = items.find(({ region }) => region === 'AT31')?.plan['details'];
    expect(resting).toMatchObject({
      from: { version: 1, stage: 'agenda_setting' },
      to: { version: 2, stage: 'agenda_setting' },
      status: 'suspended',
      gates: [],
      tasks: { renamed: [], vanishing: [], appearing: [] },
      timers: { moved: [], vanishing: [], appearing: [{ stage: 'agenda_setting', name: 'long-stay' }] },
    });
    expect(await everybody()).toEqual(before);
  });

  it('plan, apply and revert leave no difference in anything that lives, even over a crash', async () => {
    const before = await everybody();
    const { id: operationId } = await world.plan(migrate(2));
    await startOperation(world.engine.deps, { ...by(world.engine.administrator), operationId });
    const dying = dyingAt(world.engine.deps, 4);
    await expect(driveOperation(dying, operationId, () => undefined)).rejects.toMatchObject({
      code: 'database.unreachable',
    });
    const half = await world.read(operationId);
    expect([half.status, half.counts.done, half.counts.waiting]).toEqual(['running', 3, REGIONS - 3]);
    await driveOperation(world.engine.deps, operationId, () => undefined);
    expect((await world.read(operationId)).counts).toMatchObject({ done: REGIONS, waiting: 0 });

    const there = await everybody();
    for (const { row } of Object.values(there)) expect(row['workflowVersion']).toBe(2);
    expect(there['AT31']?.row['status']).toBe('suspended');
    const timer = there['AT31']?.timers.find(({ name }) => name === 'long-stay');
    expect(timer).toMatchObject({
      stage: 'agenda_setting',
      policy: 'freeze',
      heldAt: '2017-07-03T08:00:00.000Z',
    });
    expect(new Set(there['AT31']?.tasks.map(({ status }) => status))).toEqual(new Set(['parked']));
    expect(there['DE2']?.tasks.find(({ reference }) => reference === 'A1')).toMatchObject({
      priority: 'high',
    });
    expect(there['DE2']?.tasks.map(({ assignee }) => assignee)).toContain('authority-DE2');
    await world.expectCleanHistory();

    const back = await world.run(revert(operationId));
    // A warning that had come due has been told on the way: that is the only thing that stays.
    expect(back.counts).toMatchObject({ done: REGIONS, refused: 0 });
    expect(await everybody()).toEqual(before);
    await world.expectCleanHistory();
    const again = await world.run(revert(operationId));
    expect(again.counts).toMatchObject({ unchanged: REGIONS });
  });

  it('writes who, from where, to where and why into the log of each cycle, once', async () => {
    const log = await world.engine.deps.database.read((tx) =>
      tx.execute<{ kind: string; actor_id: string; details: Record<string, unknown>; n: number }[]>(
        `select kind, actor_id, details, count(*) over (partition by kind)::int as n from log_entries
         where cycle_id = ? and kind in ('migrated', 'migration-reverted') order by sequence`,
        [world.engine.cycle('SI0')],
      ),
    );
    expect(log).toMatchObject([
      {
        kind: 'migrated',
        actor_id: 'administrator',
        n: 1,
        details: { from: { version: 1 }, to: { version: 2 }, reason: 'a better procedure' },
      },
      { kind: 'migration-reverted', n: 1, details: { from: { version: 2 }, to: { version: 1 } } },
    ]);
  });

  it('leaves what people have done since, and refuses a cycle that has moved on', async () => {
    const operation = await world.run(migrate(2, ['DE2', 'FRC2']));
    expect(operation.counts.done).toBe(2);
    const tasks = await world.engine.deps.database.read((tx) => listOpenTasks(tx, world.engine.cycle('DE2')));
    const done = tasks.find(({ reference }) => reference === 'A2');
    await completeTask(world.engine.deps, {
      ...by(world.engine.authority('DE2')),
      taskId: done?.id ?? '',
      facts: [],
      note: null,
      evidence: 'file 7',
    });
    await suspendCycle(world.engine.deps, {
      ...by(world.engine.coordinator),
      cycleId: world.engine.cycle('FRC2'),
      ...plain,
    });
    const back = await world.run(revert(operation.id));
    expect(back.counts).toMatchObject({ done: 1, refused: 1 });
    const refused = (await world.itemsOf(back.id)).find(({ region }) => region === 'FRC2');
    expect(refused?.outcome).toMatchObject({ code: 'migration.not-possible' });
    expect(refused?.outcome?.['words']).toMatch(/moved on since the migration \(transition/);
    const { row, tasks: left } = await world.living('DE2');
    expect(row['workflowVersion']).toBe(1);
    expect(left.map(({ reference }) => reference)).not.toContain('A2');
    await resumeCycle(world.engine.deps, {
      ...by(world.engine.coordinator),
      cycleId: world.engine.cycle('FRC2'),
      ...plain,
    });
    await world.expectCleanHistory();
  });

  it('reports a cycle of a version that this program does not have, and leaves it alone', async () => {
    const newer = {
      ...world.engine.deps,
      catalog: catalogOf([edited(9, () => undefined)], [mappingTo(9)]),
    };
    expect((await world.run(migrate(9, ['ITC1']), newer)).counts.done).toBe(1);
    const before = await world.living('ITC1');
    const operation = await world.run(migrate(2, ['ITC1', 'ITC4']));
    expect(operation.counts).toMatchObject({ done: 1, refused: 1 });
    const item = (await world.itemsOf(operation.id)).find(({ region }) => region === 'ITC1');
    expect([item?.plan['code'], item?.outcome?.['code']]).toEqual([
      'definition.not-found',
      'definition.not-found',
    ]);
    expect(await world.living('ITC1')).toEqual(before);
    const stranger = (await readWorkflows(world.engine.deps)).find(({ version }) => version === 9);
    expect(stranger).toMatchObject({ isInstalled: false, cycles: 1 });
    expect(
      (await readWorkflows(world.engine.deps)).find(
        ({ id, version }) => id === 'region-cycle' && version === 1,
      )?.mappings,
    ).toMatchObject([{ to: 2 }]);
    expect((await world.run(revert(operation.id))).counts.done).toBe(1);
  });

  it('leaves a migration to a program that has the version, and never refuses what was planned', async () => {
    const catalog = catalogOf([edited(8, () => undefined)], [mappingTo(8)]);
    const newer = { ...world.engine.deps, catalog };
    const { id: operationId } = await world.plan(migrate(8, ['ITH2']), newer);
    await startOperation(newer, { ...by(world.engine.administrator), operationId });
    const older = driveOperation(world.engine.deps, operationId, () => undefined);
    await expect(older).rejects.toMatchObject({ code: 'definition.not-found', retry: 'later' });
    expect((await world.read(operationId)).counts).toMatchObject({ waiting: 1, refused: 0 });
    await driveOperation(newer, operationId, () => undefined);
    expect((await world.read(operationId)).counts.done).toBe(1);
    expect((await world.run(revert(operationId), newer)).counts.done).toBe(1);
  });

  it('says for each cycle why it cannot move, and which gates would be asked instead', async () => {
    const deps = {
      ...world.engine.deps,
      catalog: catalogOf(
        [
          edited(11, () => undefined),
          edited(12, ({ states }) => advanceOf(states, 'strategy_development.exit')),
          edited(13, ({ states }) => advanceOf(states, 'nobody.knows')),
          edited(14, ({ milestones }) => {
            delete milestones['stress-test-closed'];
          }),
        ],
        [mappingTo(12), mappingTo(13), mappingTo(14)],
      ),
    };
    const planned = async (version: number) => {
      const operation = await world.plan(migrate(version, ['DE2']), deps);
      return (await world.itemsOf(operation.id))[0]?.plan;
    };
    expect(await planned(11)).toMatchObject({ result: 'refused', code: 'migration.not-found' });
    expect(await planned(12)).toMatchObject({
      result: 'done',
      details: {
        gates: [
          {
            way: 'advance strategy_development',
            from: { gate: 'agenda_setting.exit', verdict: 'unknown' },
            to: { gate: 'strategy_development.exit', verdict: 'unknown' },
          },
        ],
      },
    });
    expect(await planned(13)).toMatchObject({ result: 'refused', code: 'rulebook.not-for-workflow' });
    expect(await planned(14)).toMatchObject({
      result: 'refused',
      code: 'migration.not-possible',
      details: { cause: 'milestone.lost' },
    });
    await expect(world.plan(migrate(99), deps)).rejects.toMatchObject({ code: 'definition.not-found' });
    await expect(world.plan(migrate(2), deps, world.engine.coordinator)).rejects.toMatchObject({
      code: 'auth.role-forbidden',
    });
  });

  it('lets a cycle that was migrated while it rested go on by the new version', async () => {
    const to = edited(50, ({ states }) => {
      states['agenda_setting']?.tasks.push({ ...first(states['agenda_setting'].tasks), id: 'A9' });
    });
    const deps = { ...world.engine.deps, catalog: catalogOf([to], [mappingTo(50)]) };
    world.engine.clock.advanceDays(14);
    expect((await world.run(migrate(50, ['AT31']), deps)).counts.done).toBe(1);
    const parked = (await world.living('AT31')).tasks.find(({ reference }) => reference === 'A9');
    expect(parked).toMatchObject({ status: 'parked', dueOn: '2017-07-31' });
    world.engine.clock.advanceDays(14);
    await resumeCycle(deps, {
      ...by(world.engine.coordinator),
      cycleId: world.engine.cycle('AT31'),
      ...plain,
    });
    const open = (await world.living('AT31')).tasks.find(({ reference }) => reference === 'A9');
    // The ten working days that were left when it was opened, from 31 July on.
    expect(open).toMatchObject({ status: 'open', dueOn: '2017-08-14' });
  });
});

function advanceOf(states: Tree['states'], gate: string): void {
  const way = states['agenda_setting']?.events['advance']?.[0];
  if (way !== undefined) way.gate = gate;
}

/** An engine whose database is lost in the middle of its n-th transaction. */
function dyingAt(deps: EngineDeps, nth: number): EngineDeps {
  let transactions = 0;
  return {
    ...deps,
    database: {
      ...deps.database,
      transact(work) {
        transactions += 1;
        if (transactions !== nth) return deps.database.transact(work);
        return deps.database.transact(async (tx) => {
          await work(tx);
          throw new DomainError('database.unreachable', { reason: 'pulled' }, 'later');
        });
      },
    },
  };
}
