import { describe, expect, it } from '@jest/globals';
import { judgeWorkflow } from '../../../src/core/machines/judge-workflow.js';
import { regionCycleFile, surroundings } from './region-cycle.js';

/** The file as a tree that a test may spoil. */
type Tree = { [key: string]: Tree } & { [index: number]: Tree };

/** Sets (or with `undefined` removes) what a JSON pointer names in a copy of the shipped workflow. */
function spoiled(changes: Record<string, unknown>): unknown {
  const file = regionCycleFile();
  for (const [pointer, value] of Object.entries(changes)) {
    const steps = pointer.split('/').slice(1);
    const last = steps.pop() ?? '';
    const parent = steps.reduce((tree, step) => tree[step]!, file as Tree) as unknown as Record<
      string,
      unknown
    >;
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return file;
}

function faultsOf(file: unknown): string[] {
  return judgeWorkflow(file, surroundings).map(({ code, pointer }) => `${code} ${pointer}`);
}

function part(pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((tree, step) => tree[step]!, regionCycleFile() as Tree);
}

const LABELS = { de: 'a', fr: 'a', it: 'a', sl: 'a', en: 'a' };
const AUDIENCE = ['coordinator'];
const advances = part('/states/review/events/advance') as unknown[];

describe('the shipped workflow', () => {
  it('is judged without a problem', () => {
    expect(judgeWorkflow(regionCycleFile(), surroundings)).toEqual([]);
  });
});

describe('one fault planted in the shipped workflow', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['a missing member', { '/source': undefined }, ['schema.missing /source']],
    ['an unknown word', { '/states/review/colour': 'red' }, ['schema.unknown-key /states/review/colour']],
    ['a wrong type', { '/version': '1' }, ['schema.invalid-type /version']],
    ['a version of zero', { '/version': 0 }, ['schema.too-small /version']],
    [
      'a label without Slovene',
      { '/states/review/labels/sl': undefined },
      ['label.language-missing /states/review/labels/sl'],
    ],
    ['an empty label', { '/labels/it': '  ' }, ['schema.too-small /labels/it']],
    [
      'a task without a label in French',
      { '/states/review/tasks/0/evidence/fr': undefined },
      ['label.language-missing /states/review/tasks/0/evidence/fr'],
    ],
    [
      'an effect that Cordata does not have',
      { '/states/review/onEntry/0': { type: 'send-fax' } },
      ['effect.unknown /states/review/onEntry/0/type'],
    ],
    [
      'a due date in weeks',
      { '/states/review/tasks/0/target': { weeks: 3 } },
      [
        'schema.missing /states/review/tasks/0/target/workingDays',
        'schema.unknown-key /states/review/tasks/0/target/weeks',
      ],
    ],
    [
      'an event of another name',
      { '/states/review/events/leap': advances },
      ['schema.unknown-key /states/review/events/leap'],
    ],
    ['a beginning that does not exist', { '/initial': 'sketch' }, ['state.unknown /initial']],
    [
      'a beginning in a stage',
      { '/initial': 'agenda_setting' },
      ['state.initial-not-draft /initial', 'state.unreachable /states/draft'],
    ],
    [
      'a transition to a state that does not exist',
      { '/states/review/events/close/0/to': 'archived' },
      ['state.unknown /states/review/events/close/0/to', 'state.unreachable /states/closed'],
    ],
    [
      'a transition to an inherited name',
      { '/states/review/events/advance/0/to': 'constructor' },
      ['state.unknown /states/review/events/advance/0/to'],
    ],
    [
      'a transition from a state to itself',
      { '/states/review/events/advance/0/to': 'review' },
      ['transition.to-itself /states/review/events/advance/0/to'],
    ],
    [
      'two advances to one target',
      { '/states/review/events/advance/2/to': 'implementation' },
      ['transition.target-twice /states/review/events/advance/2/to'],
    ],
    [
      'a state to which no way leads',
      { '/states/review/events/close': undefined },
      ['state.unreachable /states/closed'],
    ],
    [
      'stages from which no end can be reached',
      {
        '/states/review/events/close': undefined,
        '/states/review/events/withdraw': undefined,
        '/states/implementation/events/withdraw': undefined,
        '/states/implementation/events/send-back': undefined,
        '/states/review/events/advance': [advances[0]],
      },
      [
        'state.without-end /states/implementation',
        'state.without-end /states/review',
        'state.unreachable /states/closed',
      ],
    ],
    [
      'a gate without rules',
      { '/states/review/events/close/0/gate': 'review.shut' },
      ['gate.unknown /states/review/events/close/0/gate'],
    ],
    [
      'a fact that the catalogue does not have',
      { '/states/agenda_setting/tasks/0/facts/1': 'gov.mandate_sealed_on' },
      ['fact.unknown /states/agenda_setting/tasks/0/facts/1'],
    ],
    [
      'a task that asks for a derived fact',
      { '/states/agenda_setting/tasks/0/facts/1': 'stresstest.score.implementation' },
      ['fact.not-recordable /states/agenda_setting/tasks/0/facts/1'],
    ],
    [
      'a milestone of an unknown fact',
      { '/milestones/strategy-decided/reachedBy': { fact: 'approval.on' } },
      ['fact.unknown /milestones/strategy-decided/reachedBy/fact'],
    ],
    [
      'a milestone that enters an unknown state',
      { '/milestones/review-entered/reachedBy': { entering: 'appraisal' } },
      ['state.unknown /milestones/review-entered/reachedBy/entering'],
    ],
    [
      'an unknown notice in a transition',
      {
        '/states/review/events/close/0/effects': [
          { type: 'notify', template: 'cycle.shut', audience: AUDIENCE },
        ],
      },
      ['notice.template-unknown /states/review/events/close/0/effects/0/template'],
    ],
    [
      'an unknown notice on suspension',
      { '/states/review/onSuspend/0/template': 'cycle.asleep' },
      ['notice.template-unknown /states/review/onSuspend/0/template'],
    ],
    [
      'a notice to nobody',
      { '/states/review/onSuspend/0/audience': [] },
      ['schema.too-small /states/review/onSuspend/0/audience'],
    ],
    [
      'a task id that is there in another stage',
      { '/states/review/tasks/1/id': 'A1' },
      ['task.id-twice /states/review/tasks/1/id'],
    ],
    [
      'a stage whose tasks never open',
      { '/states/review/onEntry': [] },
      ['task.not-opened-once /states/review/onEntry'],
    ],
    [
      'a stage whose tasks never close',
      { '/states/review/onExit': [] },
      ['task.not-closed-once /states/review/onExit'],
    ],
    [
      'tasks that would open again after a rest',
      { '/states/review/onResume/0': { type: 'open-tasks' } },
      ['effect.misplaced /states/review/onResume/0/type'],
    ],
    [
      'tasks that a transition would close a second time',
      { '/states/review/events/close/0/effects/0': { type: 'close-tasks' } },
      ['effect.misplaced /states/review/events/close/0/effects/0/type'],
    ],
    [
      'a stage that the scheme does not know',
      {
        '/states/pilot': { ...(part('/states/review') as object), tasks: [] },
        '/states/review/events/advance/0/to': 'pilot',
      },
      ['state.stage-unknown /states/pilot'],
    ],
    [
      'a final state that nothing enters',
      { '/states/expired': { kind: 'final', labels: LABELS, status: 'closed' } },
      ['state.unreachable /states/expired'],
    ],
  ])('%s is found where it is', (_name, changes, faults) => {
    expect(faultsOf(spoiled(changes)).toSorted()).toEqual(faults.toSorted());
  });

  it('does not hide another one', () => {
    const file = spoiled({
      '/states/review/events/close/0/gate': 'review.shut',
      '/states/review/tasks/1/id': 'A1',
    });
    expect(faultsOf(file)).toEqual([
      'task.id-twice /states/review/tasks/1/id',
      'gate.unknown /states/review/events/close/0/gate',
    ]);
  });

  it.each([null, [], 'workflow', 7])('%j is no workflow', (file) => {
    expect(faultsOf(file)).toEqual(['schema.invalid-type ']);
  });
});
