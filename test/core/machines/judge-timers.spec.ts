/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { describe, expect, it } from '@jest/globals';
import {
  DELAY_CALENDAR_DAYS_MAX,
  DELAY_HOURS_MAX,
  DELAY_WORKING_DAYS_MAX,
} from '../../../src/core/calendar/delay.js';
import { judgeWorkflow } from '../../../src/core/machines/judge-workflow.js';
import { STAGE_TIMERS_MAX } from '../../../src/core/machines/workflow-schema.js';
import { surroundings } from './region-cycle.js';
import { editedFile, notice, TIMERS, type WorkflowTree } from './timed-cycle.js';

const known = { ...surroundings, templates: new Set([...surroundings.templates, 'stage.lasting']) };

function faultsOf(file: WorkflowTree): string[] {
  return judgeWorkflow(file, known).map(({ code, pointer }) => `${code} ${pointer}`);
}

function withTimers(timers: unknown, stage = 'review'): string[] {
  return faultsOf(
    editedFile(({ states }) => {
      const state = states[stage];
      if (state !== undefined) state.timers = timers as unknown[];
    }),
  );
}

const at = '/states/review/timers/0';
const tells = { id: 'a', delay: { hours: 1 }, then: { effects: [notice] } };
const leads = (then: object) => [{ id: 'a', delay: { hours: 1 }, then }];

describe('timers of every kind', () => {
  it('are let in', () => {
    for (const [stage, timers] of Object.entries(TIMERS)) expect(withTimers(timers, stage)).toEqual([]);
  });
});

describe('a fault in a timer', () => {
  it.each<[string, unknown, string[]]>([
    ['an unknown target', leads({ to: 'archive' }), [`state.unknown ${at}/then/to`]],
    ['a way to its own stage', leads({ to: 'review' }), [`transition.to-itself ${at}/then/to`]],
    ['an unknown gate', leads({ to: 'closed', gate: 'review.shut' }), [`gate.unknown ${at}/then/gate`]],
    [
      'an unknown notice',
      leads({ effects: [{ ...notice, template: 'stage.forgotten' }] }),
      [`notice.template-unknown ${at}/then/effects/0/template`],
    ],
    [
      'an unknown effect',
      leads({ effects: [{ type: 'send-fax' }] }),
      [`effect.unknown ${at}/then/effects/0/type`],
    ],
    [
      'tasks that it would open',
      leads({ to: 'closed', effects: [{ type: 'open-tasks' }] }),
      [`effect.misplaced ${at}/then/effects/0/type`],
    ],
    ['nothing to do', leads({}), [`timer.without-work ${at}/then`]],
    [
      'a gate before nothing',
      leads({ gate: 'review.close', effects: [notice] }),
      [`timer.without-target ${at}/then/gate`],
    ],
    [
      'a next cycle without a step',
      leads({ startsNextCycle: true, effects: [notice] }),
      [`timer.without-target ${at}/then/startsNextCycle`],
    ],
    [
      'leaving sync points while it stays',
      leads({ effects: [{ type: 'leave-sync-points' }] }),
      [`effect.misplaced ${at}/then/effects/0/type`],
    ],
    [
      'an id that is there already',
      [tells, { ...tells, delay: { hours: 2 } }],
      ['timer.id-twice /states/review/timers/1/id'],
    ],
    ['an id with capitals', [{ ...tells, id: 'Long' }], [`schema.invalid-format ${at}/id`]],
    ['no delay', [{ ...tells, delay: { hours: 0 } }], [`schema.too-small ${at}/delay/hours`]],
    [
      'a delay backwards',
      [{ ...tells, delay: { workingDays: -1 } }],
      [`schema.too-small ${at}/delay/workingDays`],
    ],
    ['half an hour', [{ ...tells, delay: { hours: 0.5 } }], [`schema.invalid-type ${at}/delay/hours`]],
    [
      'more hours than a timer may wait',
      [{ ...tells, delay: { hours: DELAY_HOURS_MAX + 1 } }],
      [`schema.too-big ${at}/delay/hours`],
    ],
    [
      'more working days',
      [{ ...tells, delay: { workingDays: DELAY_WORKING_DAYS_MAX + 1 } }],
      [`schema.too-big ${at}/delay/workingDays`],
    ],
    [
      'more calendar days',
      [{ ...tells, delay: { calendarDays: DELAY_CALENDAR_DAYS_MAX + 1 } }],
      [`schema.too-big ${at}/delay/calendarDays`],
    ],
    [
      'an unknown policy',
      [{ ...tells, whenSuspended: 'forget' }],
      [`schema.invalid-value ${at}/whenSuspended`],
    ],
    [
      'more timers than a stage may have',
      Array.from({ length: STAGE_TIMERS_MAX + 1 }, (_, index) => ({ ...tells, id: `t${index}` })),
      ['schema.too-big /states/review/timers'],
    ],
  ])('%s is found where it is', (_name, timers, faults) => {
    expect(withTimers(timers)).toEqual(faults);
  });

  it('is none where two stages use one id', () => {
    const file = editedFile(({ states }) => {
      for (const stage of ['implementation', 'review']) {
        const state = states[stage];
        if (state !== undefined) state.timers = [tells];
      }
    });
    expect(faultsOf(file)).toEqual([]);
  });

  it('is found in a draft, which has no timers', () => {
    const file = editedFile(({ states }) => {
      const { draft } = states;
      if (draft !== undefined) draft.timers = [tells];
    });
    expect(faultsOf(file)).toEqual(['schema.unknown-key /states/draft/timers']);
  });
});

describe('a way that only a timer takes', () => {
  it('counts: a state that nothing else reaches can be reached by it', () => {
    const only = (timers: unknown[]) =>
      editedFile(({ states }) => {
        const { review } = states;
        if (review === undefined) return;
        const { close: _close, ...events } = review['events'] as Record<string, unknown>;
        Object.assign(review, { events, timers });
      });
    expect(faultsOf(only([]))).toEqual(['state.unreachable /states/closed']);
    expect(faultsOf(only(leads({ to: 'closed' })))).toEqual([]);
  });
});

describe('what a task may say of itself', () => {
  const task = (more: object) =>
    faultsOf(
      editedFile(({ states }) => {
        const tasks = (states['review']?.['tasks'] ?? []) as object[];
        Object.assign(tasks[0] ?? {}, more);
      }),
    );

  it('is its priority, what becomes of it in a rest, and whether it needs its document', () => {
    expect(task({ priority: 'urgent', whenSuspended: 'restart', evidenceRequired: true })).toEqual([]);
  });

  it.each([
    [{ priority: 'now' }, 'schema.invalid-value /states/review/tasks/0/priority'],
    [{ whenSuspended: 'drop' }, 'schema.invalid-value /states/review/tasks/0/whenSuspended'],
    [{ evidenceRequired: 'yes' }, 'schema.invalid-type /states/review/tasks/0/evidenceRequired'],
  ])('is not %j', (more, fault) => {
    expect(task(more)).toEqual([fault]);
  });
});
