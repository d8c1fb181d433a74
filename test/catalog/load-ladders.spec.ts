import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LADDER_STEPS_MAX, LADDER_WORKING_DAYS_MAX } from '../../src/core/terms/ladder.js';
import { shippedDefinitions } from '../support/engine.js';
import { DefinitionsFolder, refusalOf } from './definitions-folder.js';

const LADDERS = 'config/ladders/default.json';

interface Step {
  workingDays: number;
  audience: string[];
  template: string;
}
interface LaddersFile {
  kinds: Record<string, { steps: Step[] }>;
  tasks: Record<string, { steps: Step[] }>;
}

let folder: DefinitionsFolder;
beforeEach(() => {
  folder = new DefinitionsFolder();
});
afterEach(() => folder.remove());

/** What is wrong once the file has been changed, as `code file pointer`. */
function faultsAfter(change: (steps: Step[], file: LaddersFile) => void): string[] {
  folder.edit<LaddersFile>(LADDERS, (file) => change(file.kinds['sub-step']?.steps ?? [], file));
  return refusalOf(() => folder.load()).problems;
}

describe('the shipped ladders', () => {
  it('tell of every kind of task five working days before, on the day, and five and ten after it', () => {
    const { catalog } = shippedDefinitions();
    for (const kind of ['sub-step', 'conditional-action', 'consultation']) {
      const steps = catalog.ladder(kind, 'any');
      expect(steps.map(({ workingDays }) => workingDays)).toEqual([-5, 0, 5, 10]);
      expect(steps.map(({ audience }) => audience)).toEqual([
        ['owner'],
        ['owner'],
        ['owner', 'coordinator'],
        ['coordinator', 'steering_group'],
      ]);
    }
  });

  it('have one for a task of its own, which comes before that of its kind; a stranger has none', () => {
    const { catalog } = shippedDefinitions();
    expect(catalog.ladder('sub-step', 'A4').at(-1)?.audience).toEqual(['owner', 'steering_group']);
    expect(catalog.ladder('no-such-kind', 'A1')).toEqual([]);
    expect(catalog.ladder('constructor', 'toString')).toEqual([]);
  });
});

describe('a file of ladders', () => {
  it('is refused with steps that do not ascend, or that say the same twice', () => {
    expect(
      faultsAfter((steps) => {
        if (steps[1] !== undefined) steps[1].workingDays = -5;
        steps[0]?.audience.push('owner');
      }),
    ).toEqual([
      'ladder.audience-twice ladders/default.json /kinds/sub-step/steps/0/audience',
      'ladder.not-ascending ladders/default.json /kinds/sub-step/steps/1/workingDays',
    ]);
  });

  it('is refused with a notice that cannot be written from what a reminder brings', () => {
    expect(
      faultsAfter((steps) => {
        if (steps[0] !== undefined) steps[0].template = 'stage.entered';
      }),
    ).toEqual(['template.unknown ladders/default.json /kinds/sub-step/steps/0/template']);
  });

  it('is refused with a task that no workflow has', () => {
    expect(faultsAfter((_, file) => (file.tasks['Z9'] = { steps: [] }))).toEqual([
      'ladder.task-unknown ladders/default.json /tasks/Z9',
    ]);
  });

  it('is refused with more steps, or steps further away, than anybody needs, and with an audience that is none', () => {
    const step: Step = { workingDays: 0, audience: ['owner'], template: 'task.due' };
    expect(
      faultsAfter((steps) => {
        const many = Array.from({ length: LADDER_STEPS_MAX + 1 }, (_, index) => ({
          ...step,
          workingDays: index,
        }));
        steps.splice(0, steps.length, ...many);
      }),
    ).toHaveLength(1);
    const far = { ...step, workingDays: LADDER_WORKING_DAYS_MAX + 1 };
    expect(faultsAfter((steps) => steps.splice(0, steps.length, far))).toHaveLength(1);
    const stranger = { ...step, audience: ['everybody'] };
    expect(faultsAfter((steps) => steps.splice(0, steps.length, stranger))).toHaveLength(1);
  });

  it('is the only one of its folder, and has to be there', () => {
    folder.write('config/ladders/other.json', '{}');
    expect(refusalOf(() => folder.load()).problems).toEqual([expect.stringContaining('file.misplaced')]);
    folder.remove('config/ladders/other.json');
    folder.remove(LADDERS);
    expect(refusalOf(() => folder.load()).problems).toEqual([expect.stringContaining('definition.none')]);
  });
});
