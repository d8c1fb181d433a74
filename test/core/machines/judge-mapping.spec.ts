/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { describe, expect, it } from '@jest/globals';
import type { Workflow } from '../../../src/core/machines/compile-workflow.js';
import { judgeMapping } from '../../../src/core/machines/judge-mapping.js';
import { mappingSchema } from '../../../src/core/machines/mapping-schema.js';
import { schemaProblems } from '../../../src/core/terms/schema-problems.js';
import { editedWorkflow, notice, timedCycle } from './timed-cycle.js';

const file = {
  from: { id: 'region-cycle', version: 1 },
  to: { id: 'region-cycle', version: 2 },
  source: 'test',
  timerPolicy: 'keep',
};

/** Without V6, with a warning in review and no other timer. */
const to: Workflow = editedWorkflow((workflow) => {
  workflow.version = 2;
  const { review } = workflow.states;
  if (review === undefined) return;
  review['tasks'] = (review['tasks'] as { id: string }[]).filter(({ id }) => id !== 'V6');
  review.timers = [{ id: 'warning', delay: { workingDays: 100 }, then: { effects: [notice] } }];
});

const complete = {
  tasks: { V6: null },
  timers: {
    'agenda_setting/long-stay': null,
    'implementation/review-due': null,
    'review/start-over': null,
    'review/lapse': 'review/warning',
  },
};

function faultsOf(more: object): string[] {
  const definition = { ...file, ...more };
  const parsed = mappingSchema.safeParse(definition);
  const problems = parsed.success
    ? judgeMapping(parsed.data, timedCycle, to)
    : schemaProblems(parsed.error, definition);
  return problems.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a mapping', () => {
  it('that says what becomes of everything is let in', () => {
    expect(faultsOf(complete)).toEqual([]);
  });

  it('need not name what stays', () => {
    const mapping = mappingSchema.parse({ ...file, to: { id: 'region-cycle', version: 3 } });
    expect(judgeMapping(mapping, timedCycle, { ...timedCycle, version: 3 })).toEqual([]);
  });

  it('must name what vanishes', () => {
    expect(faultsOf({})).toEqual([
      'mapping.target-unknown /tasks',
      'mapping.target-unknown /timers',
      'mapping.target-unknown /timers',
      'mapping.target-unknown /timers',
      'mapping.target-unknown /timers',
    ]);
  });

  it.each<[string, object, string[]]>([
    [
      'a state that becomes none',
      { states: { review: 'appraisal' } },
      ['mapping.target-unknown /states/review'],
    ],
    ['a stage that becomes an end', { states: { review: 'closed' } }, ['mapping.other-kind /states/review']],
    [
      'an end that becomes another',
      { states: { closed: 'withdrawn' } },
      ['mapping.other-kind /states/closed'],
    ],
    [
      'a state that the old version lacks',
      { states: { pilot: 'review' } },
      ['mapping.source-unknown /states/pilot'],
    ],
    [
      'a state of an inherited name',
      { states: { constructor: 'review' } },
      ['mapping.source-unknown /states/constructor'],
    ],
    [
      'a sub-step that becomes none',
      { tasks: { ...complete.tasks, V5: 'V9' } },
      ['mapping.target-unknown /tasks/V5'],
    ],
    [
      'a sub-step that the old version lacks',
      { tasks: { ...complete.tasks, V9: 'V5' } },
      ['mapping.source-unknown /tasks/V9'],
    ],
    [
      'a sub-step in another stage',
      { tasks: { ...complete.tasks, V5: 'A1' } },
      ['mapping.other-stage /tasks/V5'],
    ],
    [
      'a timer that becomes none',
      { timers: { ...complete.timers, 'review/lapse': 'review/nothing' } },
      ['mapping.target-unknown /timers/review~1lapse'],
    ],
    [
      'a timer in another stage',
      { timers: { ...complete.timers, 'agenda_setting/long-stay': 'review/warning' } },
      ['mapping.other-stage /timers/agenda_setting~1long-stay'],
    ],
    [
      'a timer that the old version lacks',
      { timers: { ...complete.timers, 'review/gone': null } },
      ['mapping.source-unknown /timers/review~1gone'],
    ],
    ['another version', { from: { id: 'region-cycle', version: 7 } }, ['mapping.other-version /from']],
    [
      'another workflow',
      { to: { id: 'call-cycle', version: 2 } },
      ['mapping.other-version /to', 'mapping.not-between-versions /to'],
    ],
    ['a policy that does not exist', { timerPolicy: 'freeze' }, ['schema.invalid-value /timerPolicy']],
    ['no policy', { timerPolicy: undefined }, ['schema.missing /timerPolicy']],
    ['an unknown word', { gates: {} }, ['schema.unknown-key /gates']],
  ])('with %s is refused where it is', (_name, more, faults) => {
    expect(faultsOf({ ...complete, ...more })).toEqual(faults);
  });

  it('takes the tasks of a stage along that gets another name', () => {
    // Two stages change places: what belongs to one must not stay behind.
    const faults = faultsOf({ ...complete, states: { review: 'implementation', implementation: 'review' } });
    expect(faults).toHaveLength(15);
    expect(new Set(faults)).toEqual(
      new Set(['mapping.other-stage /tasks', 'mapping.other-stage /timers/review~1lapse']),
    );
  });
});
