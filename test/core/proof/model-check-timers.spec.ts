/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { describe, expect, it } from '@jest/globals';
import { fromDayNumber, toDayNumber } from '../../../src/core/calendar/calendar-date.js';
import { dayAfter } from '../../../src/core/calendar/delay.js';
import { checkModel } from '../../../src/core/proof/model-check.js';
import type { Model } from '../../../src/core/proof/model-check-model.js';
import { replayWitness } from '../../../src/core/proof/model-check-replay.js';
import { ModelSolver } from '../../../src/core/proof/model-check-solver.js';
import { walkRegion } from '../../../src/core/proof/model-check-walk.js';
import { Dice } from '../gates/small-world.js';
import { modelOf, shippedFiles, type ModelFiles } from './model-check-fixtures.js';
import { addRule, leaf } from './planted-faults.js';
import { doubtsOf } from './witness-doubts.js';

const SEED = 20180101;
const REGIONS = ['DE1', 'SI0'];

/** The shipped files, edited, for two regions. */
function edited(edit: (files: ModelFiles) => void): Model {
  const files = shippedFiles();
  edit(files);
  const model = modelOf(files, REGIONS);
  if (model === null) throw new Error('refused at the door');
  return model;
}

function setTimers(files: ModelFiles, stage: string, timers: unknown[]): void {
  Object.assign(files.workflow.states[stage] ?? {}, { timers });
}

/** Reviews can no longer be closed by anybody. */
function withoutClose({ workflow }: ModelFiles): void {
  delete workflow.states['review']?.events?.['close'];
}

/** Alarms as `code pointer`; every witness must replay. */
function told(model: Model): readonly string[] {
  const { alarms, undecided } = checkModel(model);
  expect(undecided).toEqual([]);
  expect(alarms.flatMap((alarm) => doubtsOf(alarm, model))).toEqual([]);
  return alarms.map(({ code, file, pointer }) => `${code} ${file}${pointer}`);
}

function walkOf(model: Model) {
  const [region] = model.regions;
  if (region === undefined) throw new Error('there is no region');
  return { region, walk: walkRegion(model, new ModelSolver(model), { region, missing: new Set() }) };
}

const closing = (delay: object, gate?: string) => [
  { id: 'lapse', delay, then: { to: 'closed', ...(gate === undefined ? {} : { gate }) } },
];

describe('a way that a timer takes', () => {
  it('is missed where nothing else leads to an end', () => {
    expect(told(edited(withoutClose))).toEqual(
      expect.arrayContaining(['state.unreachable workflow/states/closed']),
    );
  });

  it('counts: with it every cycle can be closed', () => {
    const model = edited((files) => {
      withoutClose(files);
      setTimers(files, 'review', closing({ workingDays: 30 }));
    });
    // What only the way out asked has nobody to ask any more.
    expect(told(model).filter((alarm) => alarm.includes('workflow'))).toEqual([]);
  });

  it('is open from the day on which the timer is due, and not before', () => {
    const delay = { workingDays: 30 };
    const model = edited((files) => {
      withoutClose(files);
      setTimers(files, 'review', closing(delay));
    });
    const { region, walk } = walkOf(model);
    const [review, closed] = [walk.arrivals.get('review'), walk.arrivals.get('closed')];
    const due = dayAfter(region.calendar, fromDayNumber(review?.day ?? Number.NaN), delay);
    expect(closed?.day).toBe(toDayNumber(due));
    const witness = {
      region: region.nuts,
      startsOn: model.startsOn,
      steps: closed?.steps ?? [],
      endsIn: 'closed',
      questions: [],
      missesMilestone: null,
    };
    expect(replayWitness(model, witness).endsIn).toBe('closed');
    const early = witness.steps.map((step, index) =>
      index === witness.steps.length - 1 ? { ...step, on: fromDayNumber(toDayNumber(step.on) - 1) } : step,
    );
    expect(replayWitness(model, { ...witness, steps: early }).endsIn).toBeNull();
  });

  it('that is due after the years of the calendar is left open, and raises no alarm', () => {
    const model = edited((files) => {
      withoutClose(files);
      setTimers(files, 'review', closing({ calendarDays: 3_660 }));
    });
    const { walk } = walkOf(model);
    expect(walk.ways.find(({ type }) => type === 'timer:lapse')?.state).toBe('open');
    const beyond = edited((files) => {
      withoutClose(files);
      setTimers(files, 'review', closing({ workingDays: 2_600 }));
    });
    // The calendars end in 2040; the scheme begins in 2016.
    const late = { ...beyond, startsOn: fromDayNumber(toDayNumber(beyond.startsOn) + 365 * 20) };
    const { walk: lateWalk } = walkOf(late);
    expect(lateWalk.ways.find(({ type }) => type === 'timer:lapse')).toMatchObject({
      state: 'undecided',
      because: 'search-bound',
    });
  });
});

describe('the gate of a timer', () => {
  it('is judged like any other, and pointed at where it stands', () => {
    const model = edited((files) => setTimers(files, 'review', closing({ hours: 72 }, 'review.shut')));
    expect(told(model)).toEqual(['gate.missing workflow/states/review/timers/0/then']);
  });

  /** A timer of sixty working days whose gate asks for at most so many of them. */
  const within = (workingDays: number) =>
    edited((files) => {
      const { gates } = files.rulebook;
      gates['review.lapse'] = { rules: [], labels: gates['review.close']?.labels };
      setTimers(files, 'review', closing({ workingDays: 60 }, 'review.lapse'));
      const soon = { all: [leaf('stage.working_days', 'lessThanInclusive', workingDays)] };
      addRule({ dice: new Dice(SEED), files, gate: 'review.lapse' }, soon);
    });

  it('that opens only before the timer can be due is left open: a stage may be entered later than at first', () => {
    const { alarms, undecided } = checkModel(within(59));
    expect(alarms).toEqual([]);
    expect(undecided.map(({ code, pointer, because }) => [code, pointer, because])).toEqual([
      ['gate.closed-on-arrival', '/states/review/timers/0/then', ['search-bound']],
    ]);
  });

  it('that can open on the day is in order', () => {
    expect(told(within(60))).toEqual([]);
  });
});
