import { DomainError } from '../terms/domain-error.js';
import { pointerTo } from '../terms/problem.js';
import type { Workflow } from './compile-workflow.js';
import { isSuspended, readSnapshot, stageOf, type CycleSnapshot } from './cycle-snapshot.js';
import {
  mappedState,
  mappedTask,
  mappedTimer,
  type MappingDefinition,
  type StageTimer,
} from './mapping-schema.js';

/** What of a cycle depends on the version of its workflow. */
export interface MigrationImage {
  /** As it is stored. */
  readonly snapshot: unknown;
  /** The tasks that wait for somebody; `kind` as in the store: only `sub-step` is a task of the workflow. */
  readonly tasks: readonly {
    readonly id: string;
    readonly reference: string;
    readonly kind: string;
    readonly stage: string;
  }[];
  /** The timers of the workflow that have neither fired nor been cancelled, the held ones included. */
  readonly timers: readonly (StageTimer & { readonly id: string })[];
}

/** What a migration does to one cycle; nothing has happened yet. */
export interface MovablePlan {
  readonly kind: 'movable';
  readonly snapshot: CycleSnapshot;
  /** With the sub-step (for tasks of another kind: what they are about, unchanged) and the stage of the new version. */
  readonly tasksKept: readonly { readonly id: string; readonly reference: string; readonly stage: string }[];
  /** Ids of open tasks. */
  readonly tasksVanishing: readonly string[];
  /** Sub-steps of the stage in which the cycle stands that no sub-step of the old version has become. */
  readonly tasksAppearing: readonly string[];
  /** `restart`: the time of the new version counts from the migration on; else the due instant stays. */
  readonly timersMoved: readonly (StageTimer & { readonly id: string; readonly restart: boolean })[];
  /** Ids of waiting timers. */
  readonly timersVanishing: readonly string[];
  /** `fromEntry`: its time counts from the entry into the stage and may be over; else from the migration on. */
  readonly timersAppearing: readonly (StageTimer & { readonly fromEntry: boolean })[];
}

/** Why a cycle cannot be moved. */
export interface ImmovablePlan {
  readonly kind: 'immovable';
  readonly reason: {
    /**
     * `snapshot.unreadable`: it is none of the old version. `state.unknown`: its state becomes one that the new version
     * does not have; `state.other-kind`: one of another kind.
     */
    readonly code: 'snapshot.unreadable' | 'state.unknown' | 'state.other-kind';
    readonly words: string;
  };
  /** Into the mapping; empty: nothing in it is at fault. */
  readonly pointer: string;
}

/**
 * Works out what becomes of one cycle when it goes from one version of its workflow to another: where it stands, whether
 * it rests and which cycle of its region it is stay as they are, what is open is taken along, what is done stays done.
 *
 * Two open sub-steps that become one, or two timers: the first is taken along, the others vanish.
 *
 * @param mapping between these two versions; one that `judgeMapping` has passed moves every cycle
 */
export function planMigration({
  from,
  to,
  mapping,
  image,
}: {
  readonly from: Workflow;
  readonly to: Workflow;
  readonly mapping: MappingDefinition;
  readonly image: MigrationImage;
}): MovablePlan | ImmovablePlan {
  const snapshot = snapshotOr(from, image.snapshot);
  if (snapshot === null) {
    const words = `the cycle does not stand in a state of ${from.id}/${from.version}`;
    return { kind: 'immovable', reason: { code: 'snapshot.unreadable', words }, pointer: '' };
  }
  const oldStage = stageOf(snapshot);
  const stage = mappedState(mapping, oldStage);
  const moved = snapshotOr(to, movedSnapshot(snapshot, stage));
  if (moved === null) return immovable(mapping, oldStage, to);

  const restart = mapping.timerPolicy === 'restart';
  return {
    kind: 'movable',
    snapshot: moved,
    ...planTasks(image, { from, to, mapping, oldStage, stage }),
    ...planTimers(image, { from, to, mapping, oldStage, stage }, restart),
  };
}

/** Between which stages of which versions. */
interface Passage {
  readonly from: Workflow;
  readonly to: Workflow;
  readonly mapping: MappingDefinition;
  readonly oldStage: string;
  readonly stage: string;
}

function planTasks(
  { tasks }: MigrationImage,
  { from, to, mapping, oldStage, stage }: Passage,
): Pick<MovablePlan, 'tasksKept' | 'tasksVanishing' | 'tasksAppearing'> {
  const kept: { id: string; reference: string; stage: string }[] = [];
  const vanishing: string[] = [];
  const taken = new Set<string>();
  for (const task of tasks) {
    const home = mappedState(mapping, task.stage);
    if (task.kind !== 'sub-step') {
      kept.push({ id: task.id, reference: task.reference, stage: home });
      continue;
    }
    const reference = mappedTask(mapping, task.reference);
    const isThere = to.tasks.get(home)?.some(({ id }) => id === reference) === true;
    if (reference === null || !isThere || taken.has(reference)) {
      vanishing.push(task.id);
      continue;
    }
    taken.add(reference);
    kept.push({ id: task.id, reference, stage: home });
  }
  const had = new Set((from.tasks.get(oldStage) ?? []).map(({ id }) => mappedTask(mapping, id)));
  const appearing = (to.tasks.get(stage) ?? []).map(({ id }) => id).filter((id) => !had.has(id));
  return { tasksKept: kept, tasksVanishing: vanishing, tasksAppearing: appearing };
}

function planTimers(
  { timers }: MigrationImage,
  { from, to, mapping, oldStage, stage }: Passage,
  restart: boolean,
): Pick<MovablePlan, 'timersMoved' | 'timersVanishing' | 'timersAppearing'> {
  const there = new Set((to.timers.get(stage) ?? []).map(({ id }) => id));
  const moved: (StageTimer & { id: string; restart: boolean })[] = [];
  const vanishing: string[] = [];
  for (const timer of timers) {
    const target = mappedTimer(mapping, timer);
    const isThere = target !== null && target.stage === stage && there.has(target.name);
    if (!isThere || moved.some(({ name }) => name === target.name)) vanishing.push(timer.id);
    else moved.push({ id: timer.id, ...target, restart });
  }
  const had = new Set(
    (from.timers.get(oldStage) ?? []).flatMap(({ id: name }) => {
      const target = mappedTimer(mapping, { stage: oldStage, name });
      return target?.stage === stage ? [target.name] : [];
    }),
  );
  const appearing = [...there]
    .filter((name) => !had.has(name))
    .map((name) => ({ stage, name, fromEntry: !restart }));
  return { timersMoved: moved, timersVanishing: vanishing, timersAppearing: appearing };
}

function movedSnapshot(snapshot: CycleSnapshot, stage: string): unknown {
  if (typeof snapshot.value === 'string') return { ...snapshot, value: stage };
  return { ...snapshot, value: { [stage]: isSuspended(snapshot) ? 'suspended' : 'active' } };
}

function snapshotOr(workflow: Workflow, json: unknown): CycleSnapshot | null {
  try {
    return readSnapshot(workflow, json);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'definition.hash-mismatch') return null;
    throw error;
  }
}

function immovable(mapping: MappingDefinition, state: string, to: Workflow): ImmovablePlan {
  const target = mappedState(mapping, state);
  const pointer = Object.hasOwn(mapping.states, state) ? pointerTo('/states', state) : '/states';
  const reason = to.states.has(target)
    ? {
        code: 'state.other-kind' as const,
        words: `${state} would become ${target}, which is of another kind`,
      }
    : {
        code: 'state.unknown' as const,
        words: `${state} would become ${target}, which ${to.id}/${to.version} does not have`,
      };
  return { kind: 'immovable', reason, pointer };
}
