import type { FactCatalogue } from '../facts/fact-catalogue.js';
import { pointerTo, type Problem } from '../terms/problem.js';
import { schemaProblems } from '../terms/schema-problems.js';
import { judgeGraph } from './judge-graph.js';
import { judgeEffects, judgeStep, type StepSurroundings } from './judge-step.js';
import { judgeTimers } from './judge-timers.js';
import { STAGES, workflowSchema, type StateDefinition, type WorkflowDefinition } from './workflow-schema.js';

/** The names that a workflow may use. */
export interface WorkflowSurroundings extends StepSurroundings {
  readonly facts: FactCatalogue;
}

const EFFECT_TYPE_POINTER = /\/(effects|onEntry|onExit|onSuspend|onResume)\/\d+\/type$/;

/**
 * Judges a workflow at the door: its format, every name in it, and whether each state can be reached and left.
 * Names and ways are only looked at when the format is right.
 *
 * Tasks open when their stage is entered and close when it is left, nowhere else: only so is every stage that has
 * tasks sure to open them once.
 *
 * @returns all problems, in the order of the file within each kind; empty: `compileWorkflow` may have it
 */
export function judgeWorkflow(definition: unknown, surroundings: WorkflowSurroundings): Problem[] {
  const parsed = workflowSchema.safeParse(definition);
  if (!parsed.success) {
    return schemaProblems(parsed.error, definition).map((problem) =>
      problem.code === 'schema.invalid-union' && EFFECT_TYPE_POINTER.test(problem.pointer)
        ? { ...problem, code: 'effect.unknown', message: 'Cordata has no effect of this name' }
        : problem,
    );
  }
  return [
    ...judgeGraph(parsed.data),
    ...judgeTasks(parsed.data, surroundings.facts),
    ...judgeMilestones(parsed.data, surroundings.facts),
    ...Object.entries(parsed.data.states).flatMap(([id, state]) =>
      judgeState(parsed.data, { id, state }, surroundings),
    ),
  ];
}

function judgeState(
  { subject }: WorkflowDefinition,
  { id, state }: { readonly id: string; readonly state: StateDefinition },
  surroundings: WorkflowSurroundings,
): Problem[] {
  if (state.kind === 'final') return [];
  const { templates } = surroundings;
  const problems: Problem[] = [];
  const base = pointerTo('/states', id);

  for (const [event, transitions] of Object.entries(state.events)) {
    transitions.forEach((transition, index) => {
      problems.push(...judgeStep(transition, `${base}/events/${event}/${index}`, surroundings));
    });
  }
  if (state.kind === 'draft') return problems;

  if (subject === 'region' && !STAGES.some((stage) => stage === id)) {
    problems.push({
      pointer: base,
      code: 'state.stage-unknown',
      message: `${id} is none of ${STAGES.join(', ')}`,
    });
  }
  problems.push(
    ...judgeEffects(state.onEntry, `${base}/onEntry`, { templates, tasks: 'open-tasks' }),
    ...judgeEffects(state.onExit, `${base}/onExit`, { templates, tasks: 'close-tasks' }),
    ...judgeEffects(state.onSuspend, `${base}/onSuspend`, { templates, tasks: null }),
    ...judgeEffects(state.onResume, `${base}/onResume`, { templates, tasks: null }),
    ...judgeTimers(state.timers, base, surroundings),
  );
  return problems;
}

function judgeTasks(workflow: WorkflowDefinition, facts: FactCatalogue): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [stage, state] of Object.entries(workflow.states)) {
    if (state.kind !== 'stage') continue;
    const base = pointerTo('/states', stage);
    state.tasks.forEach((task, index) => {
      const pointer = `${base}/tasks/${index}`;
      if (seen.has(task.id)) {
        problems.push({
          pointer: `${pointer}/id`,
          code: 'task.id-twice',
          message: `${task.id} is there already`,
        });
      }
      seen.add(task.id);
      task.facts.forEach((fact, at) => problems.push(...judgeFact(fact, `${pointer}/facts/${at}`, facts)));
    });
    if (state.tasks.length === 0) continue;
    if (state.onEntry.filter(({ type }) => type === 'open-tasks').length !== 1) {
      const message = 'a stage with tasks opens them once, by open-tasks in onEntry';
      problems.push({ pointer: `${base}/onEntry`, code: 'task.not-opened-once', message });
    }
    if (state.onExit.filter(({ type }) => type === 'close-tasks').length !== 1) {
      const message = 'a stage with tasks closes them once, by close-tasks in onExit';
      problems.push({ pointer: `${base}/onExit`, code: 'task.not-closed-once', message });
    }
  }
  return problems;
}

function judgeMilestones(workflow: WorkflowDefinition, facts: FactCatalogue): Problem[] {
  return Object.entries(workflow.milestones).flatMap(([id, { reachedBy }]) => {
    const pointer = `${pointerTo('/milestones', id)}/reachedBy`;
    if ('fact' in reachedBy) return judgeFact(reachedBy.fact, `${pointer}/fact`, facts);
    if (Object.hasOwn(workflow.states, reachedBy.entering)) return [];
    const message = `there is no state ${reachedBy.entering}`;
    return [{ pointer: `${pointer}/entering`, code: 'state.unknown', message }];
  });
}

function judgeFact(name: string, pointer: string, facts: FactCatalogue): Problem[] {
  const fact = facts.get(name);
  if (fact === undefined) {
    return [{ pointer, code: 'fact.unknown', message: `the fact catalogue has no ${name}` }];
  }
  if (fact.owner === 'engine' || fact.meanOf !== undefined) {
    return [{ pointer, code: 'fact.not-recordable', message: `${name} is derived; nobody can record it` }];
  }
  return [];
}
