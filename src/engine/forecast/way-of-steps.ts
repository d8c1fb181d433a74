import type { WorkingCalendar } from '../../core/calendar/working-calendar.js';
import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { RegionClass } from '../../core/forecast/completed-step.js';
import type { ForecastStep, StepState } from '../../core/forecast/forecast-question.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import { stageKindId, taskKindId, taskProducing, wayAhead } from './stage-kinds.js';

/** Whoever goes through a workflow: a region, or what is joint, as it stands on the day of the forecast. */
export interface Traveller {
  /** NUTS code of a region; `activity:KEY` or `call:KEY`. */
  readonly id: string;
  readonly class: RegionClass;
  readonly calendar: WorkingCalendar;
  readonly workflow: Workflow;
  readonly stage: string;
  readonly enteredOn: CalendarDate;
  /** The tasks of its cycle by `stage/task`: since when the last one is there, and when it was done. */
  readonly tasks: ReadonlyMap<
    string,
    { readonly openedOn: CalendarDate; readonly doneOn: CalendarDate | null }
  >;
}

/** What lies before a traveller, step after step. */
export interface WayOfSteps {
  readonly steps: readonly ForecastStep[];
  /** The step whose end is the entry into a state; null: the state does not lie ahead. */
  readonly entering: (state: string) => string | null;
}

/** The stages that a traveller still has to go through: the one it is in is open, the others wait for each other. */
export function wayOfSteps(traveller: Traveller): WayOfSteps {
  const { id, workflow, stage, enteredOn } = traveller;
  const way = wayAhead(workflow, stage).filter((state) => workflow.states.get(state)?.kind !== 'final');
  const steps = way.map((state, index): ForecastStep => {
    const before = way[index - 1];
    return {
      ...commonOf(traveller),
      id: `${id}/${state}`,
      kind: stageKindId(workflow.id, state),
      after: before === undefined ? [] : [`${id}/${before}`],
      state: index === 0 ? { is: 'open', since: enteredOn } : { is: 'waiting' },
    };
  });
  const ahead = wayAhead(workflow, stage);
  return {
    steps,
    entering: (state) => {
      const before = ahead[ahead.indexOf(state) - 1];
      return before === undefined ? null : `${id}/${before}`;
    },
  };
}

/**
 * The task whose end records a fact, as a step of its own: it begins with its stage. Null where no task of the workflow
 * produces the fact.
 */
export function stepOfFact(traveller: Traveller, fact: string, way: WayOfSteps): ForecastStep | null {
  const { id, workflow, stage, enteredOn } = traveller;
  const found = taskProducing(workflow, fact);
  if (found === null) return null;
  const entered = way.entering(found.stage);
  const task = traveller.tasks.get(`${found.stage}/${found.task.id}`);
  // Done without the fact, or its stage is over: it is still to be done, and nobody has begun anew.
  const since = task?.doneOn ?? task?.openedOn ?? enteredOn;
  const state: StepState =
    entered !== null && found.stage !== stage ? { is: 'waiting' } : { is: 'open', since };
  return {
    ...commonOf(traveller),
    id: `${id}/${found.stage}/${found.task.id}`,
    kind: taskKindId(workflow.id, found.stage, found.task.id),
    after: state.is === 'waiting' && entered !== null ? [entered] : [],
    state,
  };
}

function commonOf(traveller: Traveller): Pick<ForecastStep, 'region' | 'class' | 'calendar' | 'notBefore'> {
  return { region: traveller.id, class: traveller.class, calendar: traveller.calendar, notBefore: null };
}
