import { pointerTo, type Problem } from '../terms/problem.js';
import type { Workflow } from './compile-workflow.js';
import { mappedState, mappedTask, mappedTimer, type MappingDefinition } from './mapping-schema.js';

/**
 * Judges whether a mapping leads every cycle of one version into another: every state lands on one of the same kind,
 * and every sub-step and timer on one of the stage on which its own stage lands, unless it is said that it is taken
 * away. What vanishes must be named: a sub-step that is only forgotten would be taken from people without a word.
 *
 * A pointer to what is not named ends at the list in which it is missing.
 */
export function judgeMapping(mapping: MappingDefinition, from: Workflow, to: Workflow): Problem[] {
  return [
    ...judgeVersions(mapping, from, to),
    ...judgeNames(mapping, from),
    ...judgeStates(mapping, from, to),
    ...judgeTasks(mapping, from, to),
    ...judgeTimers(mapping, from, to),
  ];
}

function judgeVersions(mapping: MappingDefinition, from: Workflow, to: Workflow): Problem[] {
  const differs = (side: 'from' | 'to', workflow: Workflow): Problem[] => {
    const { id, version } = mapping[side];
    if (id === workflow.id && version === workflow.version) return [];
    const message = `${id}/${version} is not ${workflow.id}/${workflow.version}`;
    return [{ pointer: `/${side}`, code: 'mapping.other-version', message }];
  };
  const problems = [...differs('from', from), ...differs('to', to)];
  if (mapping.from.id === mapping.to.id && mapping.from.version !== mapping.to.version) return problems;
  const message = 'a mapping leads to another version of the same workflow';
  return [...problems, { pointer: '/to', code: 'mapping.not-between-versions', message }];
}

/** What is named must be there to be mapped. */
function judgeNames(mapping: MappingDefinition, from: Workflow): Problem[] {
  const timers = [...from.timers].flatMap(([stage, list]) => list.map(({ id }) => `${stage}/${id}`));
  const known = {
    states: new Set(from.states.keys()),
    tasks: new Set([...from.tasks.values()].flat().map(({ id }) => id)),
    timers: new Set(timers),
  };
  return (['states', 'tasks', 'timers'] as const).flatMap((part) =>
    Object.keys(mapping[part])
      .filter((name) => !known[part].has(name))
      .map((name) => ({
        pointer: pointerTo(`/${part}`, name),
        code: 'mapping.source-unknown',
        message: `${from.id}/${from.version} has no ${name}`,
      })),
  );
}

function judgeStates(mapping: MappingDefinition, from: Workflow, to: Workflow): Problem[] {
  return [...from.states].flatMap(([id, state]): Problem[] => {
    const target = mappedState(mapping, id);
    const pointer = pointerOf('states', id, mapping);
    const found = to.states.get(target);
    if (found === undefined) return [lost(pointer, id, `state ${target}`)];
    const isAlike =
      found.kind === state.kind &&
      (found.kind !== 'final' || state.kind !== 'final' || found.status === state.status);
    if (isAlike) return [];
    const message = `${id} is ${kindOf(state)}, ${target} is ${kindOf(found)}`;
    return [{ pointer, code: 'mapping.other-kind', message }];
  });
}

function kindOf(state: NonNullable<ReturnType<Workflow['states']['get']>>): string {
  return state.kind === 'final' ? `the end ${state.status}` : `a ${state.kind}`;
}

function judgeTasks(mapping: MappingDefinition, from: Workflow, to: Workflow): Problem[] {
  return [...from.tasks].flatMap(([stage, tasks]) =>
    tasks.flatMap(({ id }): Problem[] => {
      const target = mappedTask(mapping, id);
      if (target === null) return [];
      const pointer = pointerOf('tasks', id, mapping);
      const home = [...to.tasks].find(([, list]) => list.some((task) => task.id === target))?.[0];
      if (home === undefined) return [lost(pointer, id, `sub-step ${target}`)];
      return isAtHome(home, stage, mapping, to) ? [] : [elsewhere(pointer, id, home)];
    }),
  );
}

function judgeTimers(mapping: MappingDefinition, from: Workflow, to: Workflow): Problem[] {
  return [...from.timers].flatMap(([stage, timers]) =>
    timers.flatMap(({ id: name }): Problem[] => {
      const target = mappedTimer(mapping, { stage, name });
      if (target === null) return [];
      const key = `${stage}/${name}`;
      const pointer = pointerOf('timers', key, mapping);
      if (to.timers.get(target.stage)?.some(({ id }) => id === target.name) !== true) {
        return [lost(pointer, key, `timer ${target.stage}/${target.name}`)];
      }
      return isAtHome(target.stage, stage, mapping, to) ? [] : [elsewhere(pointer, key, target.stage)];
    }),
  );
}

/** Where the stage itself lands wrongly, that is the fault, and told of the stage. */
function isAtHome(home: string, stage: string, mapping: MappingDefinition, to: Workflow): boolean {
  const landing = mappedState(mapping, stage);
  return home === landing || to.states.get(landing)?.kind !== 'stage';
}

function pointerOf(part: 'states' | 'tasks' | 'timers', name: string, mapping: MappingDefinition): string {
  return Object.hasOwn(mapping[part], name) ? pointerTo(`/${part}`, name) : `/${part}`;
}

function lost(pointer: string, name: string, target: string): Problem {
  const message = `${name} would become ${target}, which the new version does not have`;
  return { pointer, code: 'mapping.target-unknown', message };
}

function elsewhere(pointer: string, name: string, stage: string): Problem {
  const message = `${name} would land in ${stage}, not in the stage on which its own lands`;
  return { pointer, code: 'mapping.other-stage', message };
}
