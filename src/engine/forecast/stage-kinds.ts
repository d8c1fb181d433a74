import type { StepKind } from '../../core/forecast/completed-step.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import type { StateDefinition, TaskDefinition } from '../../core/machines/workflow-schema.js';

/** Where a task that asks for calendar days stands among others that count working days. */
const WORKING_DAYS_PER_WEEK = 5;
const DAYS_PER_WEEK = 7;

/** The kind of step that a stage is: the same for every region and every version of the workflow. */
export function stageKindId(workflowId: string, stage: string): string {
  return `${workflowId}/${stage}`;
}

/** The same of one task of a stage. */
export function taskKindId(workflowId: string, stage: string, task: string): string {
  return `${workflowId}/${stage}/${task}`;
}

/** The kind of step by which a region arrives at a sync point of an activity or a call. */
export function scopeKindId(milestone: string): string {
  return `joint/${milestone}`;
}

/** Nobody has set a target for these: only history says how long they take. */
export function scopeKind(milestone: string): StepKind {
  return { id: scopeKindId(milestone), gate: null, counts: 'working-days', targetDays: null };
}

/**
 * How long a stage should take, by its workflow: what the timer says that tells people when the stage lasts too long
 * (it leads nowhere), and without one the target times of its tasks, one after the other. Null where it has neither.
 */
export function stageKind(workflow: Workflow, stage: string, state: StateDefinition): StepKind {
  const gate = state.kind === 'final' ? null : (state.events.advance?.[0]?.gate ?? null);
  const id = stageKindId(workflow.id, stage);
  const delay =
    state.kind === 'stage' ? state.timers.find(({ then }) => then.to === undefined)?.delay : undefined;
  if (delay !== undefined && 'calendarDays' in delay) {
    return { id, gate, counts: 'calendar-days', targetDays: delay.calendarDays };
  }
  if (delay !== undefined && 'workingDays' in delay) {
    return { id, gate, counts: 'working-days', targetDays: delay.workingDays };
  }
  const targets = (workflow.tasks.get(stage) ?? []).map(workingDaysOf);
  const total = targets.reduce((sum, days) => sum + days, 0);
  return { id, gate, counts: 'working-days', targetDays: total > 0 ? total : null };
}

/** How long one task should take, in the days of its own target. */
export function taskKind(workflow: Workflow, stage: string, { id, target }: TaskDefinition): StepKind {
  const isCalendar = target !== null && 'calendarDays' in target;
  const targetDays = target === null ? null : isCalendar ? target.calendarDays : target.workingDays;
  const counts = isCalendar ? 'calendar-days' : 'working-days';
  return { id: taskKindId(workflow.id, stage, id), gate: null, counts, targetDays };
}

function workingDaysOf({ target }: TaskDefinition): number {
  if (target === null) return 0;
  return 'workingDays' in target
    ? target.workingDays
    : Math.ceil((target.calendarDays * WORKING_DAYS_PER_WEEK) / DAYS_PER_WEEK);
}

/**
 * The states that a cycle still goes through from where it stands, itself first: the first way ahead of each, until it
 * ends or would come back. A review may end in several ways; how, nobody knows before.
 */
export function wayAhead(workflow: Workflow, stage: string): readonly string[] {
  const way: string[] = [];
  for (let next: string | undefined = stage; next !== undefined && !way.includes(next);) {
    way.push(next);
    const state: StateDefinition | undefined = workflow.states.get(next);
    next = state === undefined || state.kind === 'final' ? undefined : state.events.advance?.[0]?.to;
  }
  return way;
}

/** The task of a workflow that produces a fact, and its stage; null where none does. */
export function taskProducing(
  workflow: Workflow,
  fact: string,
): { readonly stage: string; readonly task: TaskDefinition } | null {
  for (const [stage, tasks] of workflow.tasks) {
    const task = tasks.find(({ facts }) => facts.includes(fact));
    if (task !== undefined) return { stage, task };
  }
  return null;
}
