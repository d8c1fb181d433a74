import type { TaskDefinition } from '../../core/machines/workflow-schema.js';
import type { Actor } from '../../core/terms/actor.js';
import { changeTask, type TaskChanges, type TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { endTask } from '../tasks/end-task.js';
import { openStep } from '../tasks/open-stage-tasks.js';
import type { MigrationDraft } from './draft-migration.js';
import { stepAside } from '../history/step-aside.js';

interface TaskMigration {
  /** With the row of the cycle as it stands by now. */
  readonly picture: CyclePicture;
  readonly draft: MigrationDraft;
  readonly actor: Actor;
}

/**
 * Ends the tasks that the new version does not have, makes those that it keeps its own, and opens those that are new,
 * due as if the stage were entered today. Who has a task keeps it, and its day stays. While the cycle rests, what is
 * opened is parked, and due as if it had been opened when the rest began: so the whole of its time is left afterwards.
 */
export async function migrateTasks(deps: EngineDeps, tx: Tx, migration: TaskMigration): Promise<void> {
  const { picture, draft, actor } = migration;
  const { cycle, now } = picture;
  const byId = new Map(draft.tasks.map((task) => [task.id, task]));
  for (const id of draft.plan.tasksVanishing) {
    const task = byId.get(id);
    if (task !== undefined)
      await endTask(tx, { cycle, task, actor, at: now, status: 'cancelled', note: null });
  }
  const kept = draft.plan.tasksKept.flatMap(({ id, reference, stage }) => {
    const task = byId.get(id);
    return task === undefined ? [] : [{ task, changes: changesOf(task, draft, { reference, stage }) }];
  });
  await stepAside(tx, kept);
  for (const { task, changes } of kept) await changeTask(tx, task, changes);
  const opening = { ...picture, today: draft.countedFrom };
  for (const reference of draft.plan.tasksAppearing) await open(deps, tx, opening, reference);
}

function changesOf(
  task: TaskRow,
  draft: MigrationDraft,
  { reference, stage }: { readonly reference: string; readonly stage: string },
): TaskChanges {
  if (task.kind !== 'sub-step') return { stage };
  const definition = definitionOf(draft.to.tasks.get(stage), reference);
  if (definition === undefined) return { reference, stage };
  const { owner, helpers, labels, evidence, facts, target, whenSuspended } = definition;
  const old = [...draft.from.tasks.values()].flat().find(({ id }) => id === task.reference);
  return {
    reference,
    stage,
    owner,
    candidateRoles: [owner, ...helpers],
    labels,
    evidence,
    facts,
    target,
    whenSuspended,
    // What somebody has made urgent stays so.
    ...(task.priority === old?.priority ? { priority: definition.priority } : {}),
  };
}

async function open(deps: EngineDeps, tx: Tx, picture: CyclePicture, reference: string): Promise<void> {
  const { stage } = picture.cycle;
  const definition = definitionOf(picture.workflow.tasks.get(stage), reference);
  if (definition !== undefined) await openStep(deps, tx, picture, { stage, definition });
}

function definitionOf(
  tasks: readonly TaskDefinition[] | undefined,
  reference: string,
): TaskDefinition | undefined {
  return tasks?.find(({ id }) => id === reference);
}
