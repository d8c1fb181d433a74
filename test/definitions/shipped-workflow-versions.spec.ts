import { describe, expect, it } from '@jest/globals';
import { judgePairing } from '../../src/catalog/judge-pairing.js';
import type { Workflow } from '../../src/core/machines/compile-workflow.js';
import { planMigration } from '../../src/core/machines/plan-migration.js';
import { checkModel } from '../../src/core/proof/model-check.js';
import { modelRegions } from '../../src/core/proof/model-check-model.js';
import { day } from '../core/logic/logic-fixtures.js';
import { shippedDefinitions } from '../support/engine.js';

const { catalog, schemes } = shippedDefinitions();
const at = (version: number) => ({ id: 'region-cycle', version });
const [first, second] = [catalog.workflow(at(1)), catalog.workflow(at(2))];

/** Only ends a test that hangs. */
const TIMEOUT_MS = 120_000;

function tasksOf({ tasks }: Workflow) {
  return [...tasks.values()].flat();
}

describe('version 1', () => {
  it('is what running cycles are pinned to, to the last character', () => {
    expect(first.hash).toBe('5f6bb2dcffbb08ae51e0aaa529e16c33e4f011aa4f65b6de20f4724363748aa2');
  });

  it('has no timers, and its tasks say nothing that they did not say before', () => {
    expect([...first.timers.values()].flat()).toEqual([]);
    for (const task of tasksOf(first)) {
      expect(task).toMatchObject({ priority: 'normal', whenSuspended: 'freeze', evidenceRequired: false });
    }
  });
});

describe('version 2', () => {
  it('differs from version 1 in timers and in what tasks say of themselves, and in nothing else', () => {
    const bare = ({ definition }: Workflow) => ({
      ...definition,
      version: 0,
      source: '',
      states: Object.fromEntries(
        Object.entries(definition.states).map(([id, state]) => {
          if (state.kind !== 'stage') return [id, state];
          const tasks = state.tasks.map((task) => {
            return { ...task, priority: 'normal', whenSuspended: 'freeze', evidenceRequired: false };
          });
          return [id, { ...state, tasks, timers: [] }];
        }),
      ),
    });
    expect(bare(second)).toEqual(bare(first));
  });

  it('warns once in each stage that it takes too long, and moves nobody by itself', () => {
    const timers = [...second.timers].flatMap(([stage, list]) =>
      list.map(({ delay, then, whenSuspended }) => [stage, delay, then.to, whenSuspended]),
    );
    expect(timers).toEqual([
      ['agenda_setting', { workingDays: 120 }, undefined, 'freeze'],
      ['strategy_development', { workingDays: 300 }, undefined, 'freeze'],
      ['implementation', { calendarDays: 730 }, undefined, 'freeze'],
      ['review', { workingDays: 120 }, undefined, 'freeze'],
    ]);
  });

  it('warns no sooner than the target times of any single step allow', () => {
    for (const [stage, list] of second.timers) {
      const days = (second.tasks.get(stage) ?? []).map(({ target }) =>
        target !== null && 'workingDays' in target ? target.workingDays : 0,
      );
      for (const { delay } of list) {
        const warned =
          'workingDays' in delay ? delay.workingDays : 'calendarDays' in delay ? delay.calendarDays : 0;
        expect(warned).toBeGreaterThan(Math.max(...days));
      }
    }
  });

  it('demands the document where the guide names one', () => {
    const demanded = tasksOf(second).filter(({ evidenceRequired }) => evidenceRequired);
    expect(demanded.map(({ id }) => id).join(' ')).toBe('A1 A3 A5 D2 D5 D7 D8 I1 I3 I6 I7 I8 V2 V3 V5 V6');
    // Lists of persons are kept elsewhere: their place is not asked for.
    expect(
      demanded.map(({ evidence }) => evidence.en).filter((text) => /contact|personal/i.test(text)),
    ).toEqual([]);
  });

  it('lets periods that the public was promised run on while a region rests', () => {
    const policies = Object.groupBy(tasksOf(second), ({ whenSuspended }) => whenSuspended);
    expect(policies.keep?.map(({ id }) => id)).toEqual(['D6', 'I4', 'I7']);
    expect(policies.restart?.map(({ id }) => id)).toEqual(['A4', 'V4']);
  });

  it('goes with every rulebook that version 1 goes with', () => {
    for (const rulebook of catalog.rulebooks) {
      expect(judgePairing(second, rulebook)).toEqual(judgePairing(first, rulebook));
    }
  });

  it(
    'passes the model check with the shipped rules in all regions',
    () => {
      const [scheme] = schemes;
      if (scheme === undefined) throw new Error('no scheme is shipped');
      const check = checkModel({
        workflow: second,
        rulebook: catalog.rulebook(scheme.rulebook),
        syncPoints: scheme.syncPoints,
        regions: modelRegions(scheme.regions, catalog.calendars),
        startsOn: day(scheme.startsOn),
      });
      expect(check).toEqual({ alarms: [], undecided: [] });
    },
    TIMEOUT_MS,
  );
});

describe('the mapping from version 1 to version 2', () => {
  const mapping = catalog.mapping(at(1), at(2));
  if (mapping === null) throw new Error('no mapping is shipped');

  it.each([...first.states].map(([id, { kind }]) => [id, kind]))(
    'leaves a cycle in %s where it is, with all its tasks, and adds the warning of the stage',
    (id, kind) => {
      const value = kind === 'stage' ? { [id]: 'suspended' } : id;
      const snapshot = { value, context: { number: 2 }, status: kind === 'final' ? 'done' : 'active' };
      const tasks = (first.tasks.get(id) ?? []).map((task) => {
        return { id: `task ${task.id}`, reference: task.id, kind: 'sub-step', stage: id };
      });
      const plan = planMigration({
        from: first,
        to: second,
        mapping,
        image: { snapshot, tasks, timers: [] },
      });
      expect(plan).toEqual({
        kind: 'movable',
        snapshot,
        tasksKept: tasks.map((task) => ({ id: task.id, reference: task.reference, stage: id })),
        tasksVanishing: [],
        tasksAppearing: [],
        timersMoved: [],
        timersVanishing: [],
        timersAppearing: (second.timers.get(id) ?? []).map(({ id: name }) => {
          return { stage: id, name, fromEntry: true };
        }),
      });
    },
  );
});
