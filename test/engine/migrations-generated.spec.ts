import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { WorkflowMapping } from '../../src/catalog/catalog.js';
import type { Workflow } from '../../src/core/machines/compile-workflow.js';
import { judgeMapping } from '../../src/core/machines/judge-mapping.js';
import { PATHS } from '../support/engine.js';
import {
  catalogOf,
  edited,
  first,
  ID,
  mappingTo,
  migrate,
  openMigrationWorld,
  revert,
  type MigrationWorld,
  type Tree,
} from './migrations-fixture.js';

describe('migrations between generated versions', () => {
  let world: MigrationWorld;

  beforeAll(async () => {
    world = await openMigrationWorld();
  });
  afterAll(() => world.engine.close());

  it('plan, apply and revert leave no difference for any mapping between any two versions', async () => {
    let version = 100;
    const regions = ['DE1', 'DE2', 'AT31'];
    // The first version has no timers that could be moved.
    expect((await world.run(migrate(2, regions))).counts.done).toBe(regions.length);
    await fc.assert(
      fc.asyncProperty(randomChange, async (change) => {
        version += 1;
        const { to, mapping } = versionFor(version, change);
        const deps = { ...world.engine.deps, catalog: catalogOf([to], [mapping]) };
        const from = deps.catalog.workflow({ id: ID, version: 2 });
        expect(judgeMapping(mapping, from, to)).toEqual([]);
        const before = await Promise.all(regions.map(world.living));
        const operation = await world.run(migrate(version, regions), deps);
        expect(operation.counts.done).toBe(regions.length);
        for (const [index, nuts] of regions.entries()) {
          const { row, tasks, timers } = await world.living(nuts);
          const named = timers.filter(({ name }) => name !== null);
          const stage = String(row['stage']);
          expect(row['workflowVersion']).toBe(version);
          const known = new Set(to.tasks.get(stage)?.map(({ id }) => id));
          const steps = tasks.filter(({ kind }) => kind === 'sub-step');
          for (const { reference } of steps) expect(known).toContain(reference);
          expect(new Set(steps.map(({ reference }) => reference)).size).toBe(steps.length);
          expect(row['status']).toBe(before[index]?.row['status']);
          expect(named.map(({ name }) => name).toSorted()).toEqual(
            (to.timers.get(stage) ?? []).map(({ id }) => id).toSorted(),
          );
          for (const { heldAt } of named) expect(heldAt === null).toBe(row['status'] === 'active');
        }
        expect((await world.run(revert(operation.id), deps)).counts.done).toBe(regions.length);
        expect(await Promise.all(regions.map(world.living))).toEqual(before);
      }),
      { seed: 20_170_703, numRuns: 10 },
    );
    await world.expectCleanHistory();
  }, 120_000);
});

interface Change {
  /** By place among the sub-steps of a stage: kept, taken away, or what it becomes. */
  readonly fates: readonly ('keep' | 'drop' | 'rename')[];
  readonly swap: boolean;
  readonly added: number;
  readonly timer: 'keep' | 'drop' | 'rename';
  readonly timers: number;
  readonly timerPolicy: 'keep' | 'restart';
}

const randomChange: fc.Arbitrary<Change> = fc.record({
  fates: fc.array(fc.constantFrom('keep', 'keep', 'drop', 'rename'), { minLength: 8, maxLength: 8 }),
  swap: fc.boolean(),
  added: fc.integer({ min: 0, max: 2 }),
  timer: fc.constantFrom('keep', 'drop', 'rename'),
  timers: fc.integer({ min: 0, max: 2 }),
  timerPolicy: fc.constantFrom('keep', 'restart'),
});

/** A version, and the way to it, in which both stages that the tests' cycles stand in have changed. */
function versionFor(version: number, change: Change): { to: Workflow; mapping: WorkflowMapping } {
  const tasks: Record<string, string | null> = {};
  const timers: Record<string, string | null> = {};
  const to = edited(
    version,
    ({ states }) => {
      for (const stage of ['agenda_setting', 'strategy_development']) {
        const state = states[stage];
        if (state === undefined) continue;
        const letter = first(state.tasks).id.slice(0, 1);
        const old = state.tasks.map(({ id }) => id);
        // Names that no version has had, so that nothing is taken for something else.
        const free = ['9', '0'].map((digit) => letter + digit);
        state.tasks = state.tasks.flatMap((task, index) => {
          const fate = change.fates[index % change.fates.length];
          if (fate === 'drop') {
            tasks[task.id] = null;
            return [];
          }
          const name = fate === 'rename' ? free.shift() : undefined;
          if (name === undefined) return [task];
          tasks[task.id] = name;
          return [{ ...task, id: name }];
        });
        const [one, other] = state.tasks.filter(({ id }) => old.includes(id));
        if (change.swap && one !== undefined && other !== undefined) {
          tasks[one.id] = other.id;
          tasks[other.id] = one.id;
        }
        for (const id of free.slice(0, change.added)) {
          state.tasks.push({ ...first(JSON.parse(JSON.stringify(SAMPLE)) as [{ id: string }]), id });
        }
        state.timers = (state.timers ?? []).flatMap((timer) => {
          const key = `${stage}/${timer.id}`;
          if (change.timer === 'keep') return [timer];
          timers[key] = change.timer === 'drop' ? null : `${stage}/renamed`;
          return change.timer === 'drop' ? [] : [{ ...timer, id: 'renamed', delay: { calendarDays: 30 } }];
        });
        for (const calendarDays of [10, 400].slice(0, change.timers)) {
          state.timers.push({
            id: `after-${calendarDays}`,
            delay: { calendarDays },
            // oxlint-disable-next-line unicorn/no-thenable -- a word of the file format
            then: { effects: [] },
          });
        }
      }
    },
    2,
  );
  return { to, mapping: mappingTo(version, { tasks, timers, timerPolicy: change.timerPolicy }, 2) };
}

const SAMPLE = [
  (JSON.parse(readFileSync(`${PATHS.workflows}/${ID}/1.json`, 'utf8')) as Tree).states['agenda_setting']
    ?.tasks[0],
];
