/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { applyEvent } from '../../../src/core/machines/advance.js';
import type { Workflow } from '../../../src/core/machines/compile-workflow.js';
import {
  initialSnapshot,
  isSuspended,
  readSnapshot,
  stageOf,
  statusOf,
  type CycleSnapshot,
} from '../../../src/core/machines/cycle-snapshot.js';
import { judgeMapping } from '../../../src/core/machines/judge-mapping.js';
import { mappingSchema, type MappingDefinition } from '../../../src/core/machines/mapping-schema.js';
import {
  planMigration,
  type MigrationImage,
  type MovablePlan,
} from '../../../src/core/machines/plan-migration.js';
import { possibleSteps } from '../../../src/core/machines/possible-events.js';
import { at, regionCycle } from './region-cycle.js';
import { editedWorkflow, notice, timedCycle, type WorkflowTree } from './timed-cycle.js';

const SEED = 20211210;
const RUNS = 400;

type Task = { id: string; [more: string]: unknown };

function mapping(more: object = {}): MappingDefinition {
  const { id } = regionCycle;
  return mappingSchema.parse({
    from: { id, version: 1 },
    to: { id, version: 2 },
    source: 'test',
    timerPolicy: 'keep',
    ...more,
  });
}

/** Version 2: edited, and of that number. */
function next(edit: (file: WorkflowTree) => void): Workflow {
  return editedWorkflow((file) => {
    file.version = 2;
    edit(file);
  });
}

function tasksOf(file: WorkflowTree, stage: string): Task[] {
  return (file.states[stage]?.['tasks'] ?? []) as Task[];
}

const noWork = { tasks: [], timers: [] };

function movable(plan: ReturnType<typeof planMigration>): MovablePlan {
  if (plan.kind !== 'movable') throw new Error(`${plan.reason.code}: ${plan.reason.words}`);
  return plan;
}

describe('a migration that changes nothing', () => {
  const to = next(() => undefined);

  it.each(['draft', 'agenda_setting', 'review (suspended)', 'closed', 'withdrawn'])(
    'leaves a cycle in %s where it is',
    (position) => {
      const image: MigrationImage = { snapshot: at(position, 3), ...noWork };
      const plan = planMigration({ from: regionCycle, to, mapping: mapping(), image });
      expect(movable(plan).snapshot).toEqual(at(position, 3));
    },
  );

  it('keeps every open task, whatever it is about', () => {
    const tasks = [
      { id: 't1', reference: 'V2', kind: 'sub-step', stage: 'review' },
      { id: 't2', reference: 'review.close/coordinator', kind: 'provide-facts', stage: 'review' },
      { id: 't3', reference: 'R07', kind: 'conditional-action', stage: 'agenda_setting' },
    ];
    const image: MigrationImage = { snapshot: at('review'), tasks, timers: [] };
    expect(planMigration({ from: regionCycle, to, mapping: mapping(), image })).toEqual({
      kind: 'movable',
      snapshot: at('review'),
      tasksKept: tasks.map(({ id, reference, stage }) => ({ id, reference, stage })),
      tasksVanishing: [],
      tasksAppearing: [],
      timersMoved: [],
      timersVanishing: [],
      timersAppearing: [],
    });
  });
});

describe('the tasks of a migration', () => {
  const to = next((file) => {
    const tasks = tasksOf(file, 'review');
    // V5 becomes V7, V6 is gone, V8 is new.
    file.states['review'] = {
      ...file.states['review'],
      tasks: [
        ...tasks.filter(({ id }) => id !== 'V5' && id !== 'V6'),
        { ...tasks[4], id: 'V7' },
        { ...tasks[5], id: 'V8' },
      ],
    };
  });
  const plan = (references: readonly string[], more: object = {}) => {
    const tasks = references.map((reference) => {
      return { id: `task of ${reference}`, reference, kind: 'sub-step', stage: 'review' };
    });
    return movable(
      planMigration({
        from: regionCycle,
        to,
        mapping: mapping({ tasks: { V5: 'V7', V6: null }, ...more }),
        image: { snapshot: at('review'), tasks, timers: [] },
      }),
    );
  };

  it('go on under their new names, and vanish where it says so', () => {
    const { tasksKept, tasksVanishing } = plan(['V1', 'V5', 'V6']);
    expect(tasksKept.map(({ id, reference }) => [id, reference])).toEqual([
      ['task of V1', 'V1'],
      ['task of V5', 'V7'],
    ]);
    expect(tasksVanishing).toEqual(['task of V6']);
  });

  it('appear only where no step of the old version has become them: what is done is not asked for again', () => {
    expect(plan([]).tasksAppearing).toEqual(['V8']);
    expect(plan(['V1', 'V2', 'V3', 'V4', 'V5', 'V6']).tasksAppearing).toEqual(['V8']);
  });

  it('that become one are one: the first goes on', () => {
    const { tasksKept, tasksVanishing } = plan(['V1', 'V5', 'V6'], { tasks: { V5: 'V7', V6: 'V7' } });
    expect(tasksKept.map(({ reference }) => reference)).toEqual(['V1', 'V7']);
    expect(tasksVanishing).toEqual(['task of V6']);
  });

  it('of other stages do not appear', () => {
    const image: MigrationImage = { snapshot: at('implementation'), ...noWork };
    const other = planMigration({
      from: regionCycle,
      to,
      mapping: mapping({ tasks: { V5: 'V7', V6: null } }),
      image,
    });
    expect(movable(other).tasksAppearing).toEqual([]);
  });
});

describe('the timers of a migration', () => {
  const to = editedWorkflow((file) => {
    file.version = 2;
    const review = file.states['review'];
    if (review === undefined) return;
    review.timers = [
      { id: 'begin-anew', delay: { hours: 48 }, then: { to: 'agenda_setting', startsNextCycle: true } },
      { id: 'warning', delay: { workingDays: 100 }, then: { effects: [notice] } },
    ];
  });
  const timers = [
    { id: 'row 1', stage: 'review', name: 'start-over' },
    { id: 'row 2', stage: 'review', name: 'lapse' },
  ];
  const plan = (timerPolicy: 'keep' | 'restart', waiting: MigrationImage['timers'] = timers) =>
    movable(
      planMigration({
        from: timedCycle,
        to,
        mapping: mapping({
          timerPolicy,
          timers: { 'review/start-over': 'review/begin-anew', 'review/lapse': null },
        }),
        image: { snapshot: at('review'), tasks: [], timers: waiting },
      }),
    );

  it('go on, vanish and appear, with the time that was set', () => {
    expect(plan('keep')).toMatchObject({
      timersMoved: [{ id: 'row 1', stage: 'review', name: 'begin-anew', restart: false }],
      timersVanishing: ['row 2'],
      timersAppearing: [{ stage: 'review', name: 'warning', fromEntry: true }],
    });
  });

  it('or with the time of the new version, from now on', () => {
    expect(plan('restart')).toMatchObject({
      timersMoved: [{ id: 'row 1', restart: true }],
      timersAppearing: [{ name: 'warning', fromEntry: false }],
    });
  });

  it('that have fired do not come again', () => {
    expect(plan('keep', [])).toMatchObject({
      timersMoved: [],
      timersAppearing: [{ name: 'warning' }],
    });
  });
});

describe('a cycle that cannot be moved', () => {
  const to = next(() => undefined);
  const reasonOf = (plan: ReturnType<typeof planMigration>) =>
    plan.kind === 'movable' ? 'movable' : `${plan.reason.code} ${plan.pointer}`;

  it.each([
    ['into no state', { states: { review: 'appraisal' } }, 'state.unknown /states/review'],
    ['into another kind', { states: { review: 'closed' } }, 'state.other-kind /states/review'],
  ])('says why: %s', (_name, more, reason) => {
    const image = { snapshot: at('review'), ...noWork };
    expect(reasonOf(planMigration({ from: regionCycle, to, mapping: mapping(more), image }))).toBe(reason);
  });

  it.each([{ value: 'sketch' }, { ...at('review'), status: 'done' }, null])(
    'does not stand where the old version has a state: %j',
    (snapshot) => {
      const image = { snapshot, ...noWork };
      const plan = planMigration({ from: regionCycle, to, mapping: mapping(), image });
      expect(reasonOf(plan)).toBe('snapshot.unreadable ');
    },
  );

  it('stands in a state that the new version no longer has', () => {
    const smaller = next(({ states }) => {
      const { withdrawn, ...kept } = states;
      for (const state of Object.values(kept)) {
        delete (state['events'] as Record<string, unknown> | undefined)?.['withdraw'];
      }
      Object.assign(states, { archived: withdrawn });
      delete states['withdrawn'];
    });
    const image = { snapshot: at('withdrawn'), ...noWork };
    const plan = planMigration({ from: regionCycle, to: smaller, mapping: mapping(), image });
    expect(reasonOf(plan)).toBe('state.unknown /states');
  });
});

describe('any mapping, of any cycle', () => {
  const stages = ['agenda_setting', 'strategy_development', 'implementation', 'review'];
  const states = [...regionCycle.states.keys()];
  const steps = [...regionCycle.tasks.values()].flat().map(({ id }) => id);
  const keys = [...timedCycle.timers].flatMap(([stage, timers]) => timers.map(({ id }) => `${stage}/${id}`));
  const some = (names: readonly string[], targets: fc.Arbitrary<string | null>) =>
    fc
      .uniqueArray(fc.constantFrom(...names), { maxLength: 6 })
      .chain((chosen) =>
        fc
          .tuple(...chosen.map(() => targets))
          .map((found) => Object.fromEntries(chosen.map((name, i) => [name, found[i]]))),
      );
  const mappings = fc.record({
    states: some(states, fc.constantFrom(...states, 'nowhere')),
    tasks: some(steps, fc.option(fc.constantFrom(...steps, 'V9'), { nil: null })),
    timers: some(keys, fc.option(fc.constantFrom(...keys, 'review/other'), { nil: null })),
    timerPolicy: fc.constantFrom('keep', 'restart'),
  });
  const walks = fc.array(fc.nat(), { maxLength: 30 });

  function walk(picks: readonly number[]): CycleSnapshot {
    let here = initialSnapshot(timedCycle).snapshot;
    for (const pick of picks) {
      const possible = possibleSteps(timedCycle, here);
      const chosen = possible[pick % Math.max(1, possible.length)];
      if (chosen === undefined) break;
      const step = applyEvent(timedCycle, here, { type: chosen.type, to: chosen.to, opens: true });
      if (step.kind === 'advanced') here = step.snapshot;
    }
    return here;
  }

  const to = editedWorkflow((file) => {
    file.version = 2;
    for (const stage of stages) {
      const state = file.states[stage];
      if (state === undefined) continue;
      state['tasks'] = tasksOf(file, stage).slice(1);
      state.timers = [{ id: 'lapse', delay: { workingDays: 9 }, then: { effects: [notice] } }];
    }
  });

  /** Every state of the target that a cycle can come into. */
  const reachable = (() => {
    const found = new Map([['', initialSnapshot(to).snapshot]]);
    for (const here of found.values()) {
      for (const { type, to: target } of possibleSteps(to, here)) {
        const step = applyEvent(to, { ...here, context: { number: 1 } }, { type, to: target, opens: true });
        const { value } = step.kind === 'advanced' ? step.snapshot : here;
        if (step.kind === 'advanced' && !found.has(JSON.stringify(value))) {
          found.set(JSON.stringify(value), step.snapshot);
        }
      }
    }
    return new Set([...found.values()].map(({ value }) => JSON.stringify(value)));
  })();

  function imageAt(snapshot: CycleSnapshot): MigrationImage {
    const stage = stageOf(snapshot);
    return {
      snapshot: JSON.parse(JSON.stringify(snapshot)),
      tasks: (timedCycle.tasks.get(stage) ?? []).map(({ id }) => {
        return { id: `task ${id}`, reference: id, kind: 'sub-step', stage };
      }),
      timers: (timedCycle.timers.get(stage) ?? []).map(({ id }) => ({ id: `timer ${id}`, stage, name: id })),
    };
  }

  it('gives a snapshot that the new machine reads and can come into itself, or says why not', () => {
    fc.assert(
      fc.property(walks, mappings, (picks, parts) => {
        const snapshot = walk(picks);
        const plan = planMigration({
          from: timedCycle,
          to,
          mapping: mapping(parts),
          image: imageAt(snapshot),
        });
        if (plan.kind === 'immovable') return plan.reason.words.length > 0;
        const moved = readSnapshot(to, JSON.parse(JSON.stringify(plan.snapshot)));
        return (
          reachable.has(JSON.stringify(moved.value)) &&
          moved.context.number === snapshot.context.number &&
          isSuspended(moved) === isSuspended(snapshot)
        );
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('accounts for every open task and every waiting timer once', () => {
    fc.assert(
      fc.property(walks, mappings, (picks, parts) => {
        const image = imageAt(walk(picks));
        const plan = planMigration({ from: timedCycle, to, mapping: mapping(parts), image });
        if (plan.kind === 'immovable') return true;
        const stage = stageOf(plan.snapshot);
        const tasks = [...plan.tasksKept.map(({ id }) => id), ...plan.tasksVanishing];
        const timers = [...plan.timersMoved.map(({ id }) => id), ...plan.timersVanishing];
        const open = [...plan.tasksKept.map(({ reference }) => reference), ...plan.tasksAppearing];
        const set = [...plan.timersMoved, ...plan.timersAppearing].map(({ name }) => name);
        expect(tasks.toSorted()).toEqual(image.tasks.map(({ id }) => id).toSorted());
        expect(timers.toSorted()).toEqual(image.timers.map(({ id }) => id).toSorted());
        // Nothing is there twice, and nothing that the new stage does not have.
        expect(new Set(open).size + new Set(set).size).toBe(open.length + set.length);
        const there = (to.tasks.get(stage) ?? []).map(({ id }) => id);
        const timed = (to.timers.get(stage) ?? []).map(({ id }) => id);
        return open.every((id) => there.includes(id)) && set.every((name) => timed.includes(name));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('that passes the judge moves every cycle, and keeps what it has come to', () => {
    let passed = 0;
    fc.assert(
      fc.property(walks, mappings, (picks, parts) => {
        const judged = mapping(parts);
        if (judgeMapping(judged, timedCycle, timedNext).length > 0) return true;
        passed += 1;
        const snapshot = walk(picks);
        const plan = movable(
          planMigration({ from: timedCycle, to: timedNext, mapping: judged, image: imageAt(snapshot) }),
        );
        return statusOf(timedNext, plan.snapshot) === statusOf(timedCycle, snapshot);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(passed).toBeGreaterThan(0);
  });

  const timedNext = { ...timedCycle, version: 2 };
});
