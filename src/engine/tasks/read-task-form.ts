import type { FactDefinition } from '../../core/facts/fact-catalogue.js';
import type { Actor } from '../../core/terms/actor.js';
import { findCycle } from '../../store/cycle-store.js';
import type { TaskRow } from '../../store/task-store.js';
import { takePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { mayRecord } from '../facts/may-record.js';
import { findVisibleTask } from './find-visible-task.js';
import { needsEvidence } from './needs-evidence.js';

/** What the form of a task asks for. */
export interface TaskFormParts {
  readonly task: TaskRow;
  /** By the catalogue that its cycle goes by; only those that the reader may record. */
  readonly facts: readonly FactDefinition[];
  readonly isEvidenceRequired: boolean;
}

/** What somebody has to fill in who completes the task. @throws DomainError `task.not-found` */
export async function readTaskForm(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly taskId: string },
): Promise<TaskFormParts> {
  const { actor, taskId } = query;
  return deps.database.read(async (tx) => {
    const now = await deps.clock.now(tx);
    const task = await findVisibleTask(tx, actor, { taskId, at: now });
    const cycle = await findCycle(tx, task.cycleId);
    if (cycle === null) throw new Error(`the cycle of the task ${task.id} is gone`);
    const { rulebook, workflow } = await takePicture(deps, tx, cycle, now);
    const facts = task.facts.flatMap((name) => {
      const definition = rulebook.catalogue.get(name);
      return definition === undefined || !mayRecord(actor, definition, cycle.subject) ? [] : [definition];
    });
    return { task, facts, isEvidenceRequired: needsEvidence(workflow, task) };
  });
}
