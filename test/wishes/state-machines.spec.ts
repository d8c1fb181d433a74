/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../src/catalog/catalog.js';
import { compileWorkflow } from '../../src/core/machines/compile-workflow.js';
import { readSnapshot } from '../../src/core/machines/cycle-snapshot.js';
import { workflowSchema } from '../../src/core/machines/workflow-schema.js';
import { SYSTEM_ACTOR } from '../../src/core/terms/actor.js';
import { readCycle } from '../../src/engine/cycles/read-cycle.js';
import { resumeCycle } from '../../src/engine/cycles/resume-cycle.js';
import { suspendCycle } from '../../src/engine/cycles/suspend-cycle.js';
import { examine } from '../../src/engine/doctor/examine.js';
import { verifyCycles } from '../../src/engine/history/verify-cycles.js';
import { recordFacts } from '../../src/engine/facts/record-facts.js';
import { readBoard } from '../../src/engine/schemes/read-board.js';
import { handleEffect } from '../../src/jobs/handle-effect.js';
import { makeMailboxChannel } from '../../src/notices/mailbox-channel.js';
import { findCycle } from '../../src/store/cycle-store.js';
import { openDatabase } from '../../src/store/database.js';
import { migrate, openMigrationWorld, revert } from '../engine/migrations-fixture.js';
import { carryOutEffects } from '../support/carry-out.js';
import {
  by,
  instant,
  openTestEngine,
  PATHS,
  shippedDefinitions,
  type TestEngine,
} from '../support/engine.js';
import { agendaSettingFacts } from '../support/passing-facts.js';
import { catalogWithWorkflow, openTimedScheme, timedWorkflow } from '../support/timed-workflow.js';

const NUTS = 'AT32';
const plain = { note: null, decidedOn: null } as const;

/** What users of other engines wish for: `wishes A1 to A7`, each with its source in the field study. */
describe('wishes about state machines', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openTestEngine(instant('2017-07-03T08:00:00Z'));
  });
  afterAll(() => engine.close());

  const count = async (of: TestEngine, table: string): Promise<number> => {
    const sql = `select count(*)::int as n from ${table}`;
    const [row] = await of.deps.database.read((tx) => tx.execute<{ n: number }[]>(sql));
    return row?.n ?? 0;
  };

  it('A1 XState loses timers on restore: ours are rows with an instant, and fire after a restart', async () => {
    const catalog = catalogWithWorkflow(
      timedWorkflow({
        agenda_setting: [
          {
            id: 'go-on',
            delay: { calendarDays: 10 },
            then: { to: 'strategy_development', gate: 'agenda_setting.exit' },
          },
        ],
      }),
    );
    const before = await openTestEngine(instant('2017-07-03T08:00:00Z'));
    const timed = { ...before, deps: { ...before.deps, catalog } };
    const cycleId = await openTimedScheme(timed, 'timed', NUTS);
    await recordFacts(timed.deps, { ...by(timed.authority(NUTS)), cycleId, facts: agendaSettingFacts() });
    await before.deps.database.close();

    const database = await openDatabase(before.url);
    const after = { ...timed, deps: { ...timed.deps, database } };
    const stage = async () =>
      (await readCycle(after.deps, { actor: after.coordinator, cycleId })).cycle.stage;
    after.clock.set(instant('2017-07-13T05:59:59Z'));
    await carryOutEffects(after);
    expect(await stage()).toBe('agenda_setting');
    after.clock.set(instant('2017-07-13T06:00:00Z'));
    await carryOutEffects(after);
    expect(await stage()).toBe('strategy_development');
    await after.close();
  });

  it('A2 a renamed state breaks snapshots: every row names version and hash, and nothing is guessed', async () => {
    const text = readFileSync(`${PATHS.workflows}/region-cycle/1.json`, 'utf8');
    const renamed = compileWorkflow(
      workflowSchema.parse(JSON.parse(text.replaceAll('"agenda_setting"', '"agenda"'))),
      'renamed',
    );
    const cycle = await engine.deps.database.read((tx) => findCycle(tx, engine.cycle(NUTS)));
    expect(() => readSnapshot(renamed, cycle?.snapshot)).toThrow('definition.hash-mismatch');
    const { catalog } = engine.deps;
    const deps = { ...engine.deps, catalog: makeCatalog({ ...catalog, workflows: [renamed] }) };
    const wish = { ...by(engine.coordinator), cycleId: engine.cycle(NUTS), ...plain };
    await expect(suspendCycle(deps, wish)).rejects.toMatchObject({ code: 'definition.hash-mismatch' });
  });

  it('A3 restoring does not run entry actions again: reading a cycle does nothing at all', async () => {
    const before = [
      await count(engine, 'outbox'),
      await count(engine, 'tasks'),
      await count(engine, 'timers'),
    ];
    for (const cycleId of engine.cycles.values())
      await readCycle(engine.deps, { actor: engine.auditor, cycleId });
    await readBoard(engine.deps, engine.scheme.id);
    expect([
      await count(engine, 'outbox'),
      await count(engine, 'tasks'),
      await count(engine, 'timers'),
    ]).toEqual(before);
  });

  it('A4 a restored context lacks new defaults: a snapshot of another shape is refused, and a migration brings what is new', async () => {
    const [workflow] = shippedDefinitions().catalog.workflows;
    if (workflow === undefined) throw new Error('no workflow');
    const incomplete = { value: { agenda_setting: 'active' }, context: {}, status: 'active' };
    expect(() => readSnapshot(workflow, incomplete)).toThrow('definition.hash-mismatch');
    const world = await openMigrationWorld();
    await world.run(migrate(2, ['DE2']));
    const { row, timers } = await world.living('DE2');
    expect(row).toMatchObject({ workflowVersion: 2, number: 1 });
    expect(timers.map(({ name }) => name)).toContain('long-stay');
    await world.engine.close();
  });

  it('A5 a running definition cannot be changed: ours is planned over all cycles, applied one by one, and put back', async () => {
    const world = await openMigrationWorld();
    const all = async () => Promise.all([...world.engine.cycles.keys()].map((nuts) => world.living(nuts)));
    const before = await all();
    const planned = await world.plan(migrate(2));
    expect([planned.status, planned.total]).toEqual(['planned', world.engine.cycles.size]);
    expect(await all()).toEqual(before);
    const applied = await world.run(migrate(2));
    expect(applied.counts).toMatchObject({ done: world.engine.cycles.size, refused: 0 });
    await world.run(revert(applied.id));
    expect(await all()).toEqual(before);
    await world.engine.close();
  });

  it('A6 a deploy in place strands work silently: what this program cannot read waits, and the doctor says so', async () => {
    const { catalog } = engine.deps;
    const deps = { ...engine.deps, catalog: makeCatalog({ ...catalog, workflows: [] }) };
    const told: string[] = [];
    const outcome = await handleEffect(
      {
        engine: deps,
        render: shippedDefinitions().render,
        mailChannel: makeMailboxChannel(async () => {}),
        onLeftAlone: ({ code }) => told.push(code),
      },
      { id: 'stranded', payload: { type: 'standing-check', cycleId: engine.cycle(NUTS) } },
    );
    expect([outcome, told]).toEqual(['left-alone', ['definition.not-found']]);
    expect([await count(engine, 'receipts'), await count(engine, 'dead_letters')]).toEqual([0, 0]);
    const { findings } = await examine(deps);
    const stranded = findings.filter(({ code }) => code === 'cycle.unknown-version');
    expect(stranded.map(({ cycleId }) => cycleId)).toEqual(
      expect.arrayContaining([...engine.cycles.values()]),
    );
  });

  it('A7 history limits end long processes: ours has none (200,000 steps of one cycle: npm run bench -- long-life)', async () => {
    const wish = { ...by(engine.coordinator), cycleId: engine.cycle(NUTS), ...plain };
    for (let round = 0; round < 20; round += 1) {
      expect((await suspendCycle(engine.deps, wish)).kind).toBe('moved');
      expect((await resumeCycle(engine.deps, wish)).kind).toBe('moved');
    }
    const report = await verifyCycles(engine.deps, { actor: SYSTEM_ACTOR, cycleId: engine.cycle(NUTS) });
    expect(report.faults).toEqual([]);
  });
});
