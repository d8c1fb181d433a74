import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { factCatalogueSchema } from '../../src/core/facts/fact-catalogue.js';
import { rulebookSchema } from '../../src/core/gates/rulebook-schema.js';
import { judgeWorkflow } from '../../src/core/machines/judge-workflow.js';
import {
  STAGES,
  workflowSchema,
  type EffectDefinition,
  type TaskDefinition,
  type TransitionDefinition,
} from '../../src/core/machines/workflow-schema.js';
import { LANGUAGES, type Labels } from '../../src/core/terms/language.js';
import { NOTICE_TEMPLATES } from '../../src/notices/notice-templates.js';

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}

describe.each([1, 2])('version %i', (version) => {
  const definition = readJson(`workflows/region-cycle/${version}.json`);
  const workflow = workflowSchema.parse(definition);
  const catalogue = factCatalogueSchema.parse(readJson('rules/facts/1.json'));
  const facts = new Map(catalogue.facts.map((fact) => [fact.name, fact]));
  const rulebook = rulebookSchema.parse(readJson('rules/region-cycle/1.json'));
  const states = Object.entries(workflow.states);
  const tasks: TaskDefinition[] = states.flatMap(([, state]) => (state.kind === 'stage' ? state.tasks : []));
  const transitions: [string, string, TransitionDefinition][] = states.flatMap(([from, state]) =>
    state.kind === 'final'
      ? []
      : Object.entries(state.events).flatMap(([event, list]) =>
          (list ?? []).map((step): [string, string, TransitionDefinition] => [from, event, step]),
        ),
  );
  const effects: EffectDefinition[] = [
    ...transitions.flatMap(([, , step]) => step.effects),
    ...states.flatMap(([, state]) =>
      state.kind === 'stage'
        ? [
            ...state.onEntry,
            ...state.onExit,
            ...state.onSuspend,
            ...state.onResume,
            ...state.timers.flatMap(({ then }) => then.effects),
          ]
        : [],
    ),
  ];

  function stepsOf(event: string): string[] {
    return transitions.filter(([, name]) => name === event).map(([from, , step]) => `${from} -> ${step.to}`);
  }

  describe('the region cycle', () => {
    it('is let in by the judge at the door', () => {
      const gates = new Set(Object.keys(rulebook.gates));
      const templates = new Set(Object.keys(NOTICE_TEMPLATES));
      expect(judgeWorkflow(definition, { gates, facts, templates })).toEqual([]);
    });
  });

  describe('the states of the region cycle', () => {
    it('are a draft, the four stages in their order and two ends', () => {
      expect(Object.keys(workflow.states)).toEqual(['draft', ...STAGES, 'withdrawn', 'closed']);
      expect(states.filter(([, state]) => state.kind === 'stage').map(([id]) => id)).toEqual([...STAGES]);
      expect(workflow.initial).toBe('draft');
    });

    it('let a region advance, start over, be sent back, withdraw and close as the guide draws it', () => {
      expect(stepsOf('advance')).toEqual([
        'draft -> agenda_setting',
        'agenda_setting -> strategy_development',
        'strategy_development -> implementation',
        'implementation -> review',
        'review -> implementation',
        'review -> strategy_development',
        'review -> agenda_setting',
      ]);
      expect(stepsOf('send-back')).toEqual([
        'strategy_development -> agenda_setting',
        'implementation -> strategy_development',
      ]);
      expect(stepsOf('withdraw')).toEqual(['draft', ...STAGES].map((from) => `${from} -> withdrawn`));
      expect(stepsOf('close')).toEqual(['review -> closed']);
    });

    it('are all reachable from the draft, and every target exists', () => {
      const reached = new Set([workflow.initial]);
      for (const id of reached) {
        transitions.filter(([from]) => from === id).forEach(([, , step]) => reached.add(step.to));
      }
      expect([...reached].toSorted()).toEqual(Object.keys(workflow.states).toSorted());
    });

    it('count a new cycle only where the review leads to a new agenda', () => {
      const starting = transitions.filter(([, , step]) => step.startsNextCycle === true);
      expect(starting.map(([from, event, step]) => [from, event, step.to])).toEqual([
        ['review', 'advance', 'agenda_setting'],
      ]);
    });
  });

  describe('the effects of the region cycle', () => {
    it('open the tasks on every entry of a stage and close them on every exit', () => {
      for (const [, state] of states) {
        if (state.kind !== 'stage') continue;
        expect(state.onEntry.map((effect) => effect.type)).toEqual(['open-tasks', 'notify']);
        expect(state.onExit).toEqual([{ type: 'close-tasks' }]);
      }
    });

    it('take a region that withdraws out of its sync points', () => {
      for (const [, , step] of transitions.filter(([, event]) => event === 'withdraw')) {
        expect(step.effects.map((effect) => effect.type)).toEqual(['leave-sync-points', 'notify']);
      }
    });

    it('name only notices that have texts, for the authority and the coordinator', () => {
      const notices = effects.filter((effect) => effect.type === 'notify');
      expect(notices.length).toBeGreaterThan(0);
      for (const notice of notices) {
        expect(Object.keys(NOTICE_TEMPLATES)).toContain(notice.template);
        expect(notice.audience.toSorted()).toEqual(['authority', 'coordinator']);
      }
    });
  });

  describe('the tasks of the region cycle', () => {
    it('are the thirty sub-steps of the guide, each in its stage', () => {
      const expected = {
        agenda_setting: numbered('A', 7),
        strategy_development: numbered('D', 8),
        implementation: numbered('I', 9),
        review: numbered('V', 6),
      };
      for (const stage of STAGES) {
        const state = workflow.states[stage];
        expect(state?.kind === 'stage' && state.tasks.map((task) => task.id)).toEqual(expected[stage]);
      }
      expect(tasks).toHaveLength(30);
    });

    it('have no due date exactly where the guide says open or standing', () => {
      expect(tasks.filter((task) => task.target === null).map((task) => task.id)).toEqual(['D7', 'I9']);
    });

    it('count calendar days for consultation, call and funding decisions alone', () => {
      const inCalendarDays = tasks.filter((task) => task.target !== null && 'calendarDays' in task.target);
      expect(inCalendarDays.map((task) => task.id)).toEqual(['D6', 'I4', 'I7']);
    });

    it('name no owner among their helpers', () => {
      expect(tasks.filter((task) => task.helpers.includes(task.owner))).toEqual([]);
    });
  });

  describe('the facts of the region cycle', () => {
    const named = tasks.flatMap((task) => task.facts);

    it('are all in the catalogue and can be recorded', () => {
      expect(named.filter((name) => !facts.has(name))).toEqual([]);
      expect(named.filter((name) => facts.get(name)?.owner === 'engine')).toEqual([]);
    });

    it('belong to one task each', () => {
      expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
    });

    it('cover everything that stakeholders can record, so no gate waits for a fact without a task', () => {
      const recordable = catalogue.facts.filter(
        ({ owner }) => owner !== 'engine' && owner !== 'administrator',
      );
      expect(recordable.map((fact) => fact.name).filter((name) => !named.includes(name))).toEqual([]);
    });

    it('of the milestones are in the catalogue, and the states of the milestones exist', () => {
      const reached = Object.values(workflow.milestones).map(({ reachedBy }) =>
        'fact' in reachedBy ? facts.has(reachedBy.fact) : Object.hasOwn(workflow.states, reachedBy.entering),
      );
      expect(reached).toEqual([true, true, true, true, true, true]);
    });
  });

  describe('the gates of the region cycle', () => {
    const gates = transitions.flatMap(([, , step]) => step.gate ?? []);

    it('are those of the rulebook, no more and no less', () => {
      expect(gates.toSorted()).toEqual(Object.keys(rulebook.gates).toSorted());
    });

    it('stand on every way forward, and on no way back or out', () => {
      const open = transitions.filter(([, , step]) => step.gate === undefined);
      expect(open.filter(([from, event]) => from !== 'draft' && event === 'advance')).toEqual([]);
      expect(
        transitions.filter(([, event, step]) => event === 'send-back' && step.gate !== undefined),
      ).toEqual([]);
      expect(
        transitions.filter(([, event, step]) => event === 'withdraw' && step.gate !== undefined),
      ).toEqual([]);
    });
  });

  describe('the labels of the region cycle', () => {
    const labels: Labels[] = [
      workflow.labels,
      ...states.map(([, state]) => state.labels),
      ...tasks.flatMap((task) => [task.labels, task.evidence]),
      ...Object.values(workflow.milestones).map((milestone) => milestone.labels),
    ];

    it('differ in all five languages wherever they say more than one word', () => {
      const phrases = labels.filter((label) => Object.values(label).some((text) => text.includes(' ')));
      const alike = phrases.filter((label) => new Set(Object.values(label)).size < LANGUAGES.length);
      expect(phrases.length).toBeGreaterThan(40);
      expect(alike).toEqual([]);
    });

    it('of a task are never the same in two languages', () => {
      for (const task of tasks) expect(new Set(Object.values(task.labels)).size).toBe(LANGUAGES.length);
    });

    it('of a step say what its identifier does not: no two tasks read alike', () => {
      for (const language of LANGUAGES) {
        expect(new Set(tasks.map((task) => task.labels[language])).size).toBe(tasks.length);
      }
    });
  });
});
