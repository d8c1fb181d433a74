import { dayAfter } from '../../core/calendar/delay.js';
import type { TaskDefinition } from '../../core/machines/workflow-schema.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { openTask } from './open-task.js';

/** Opens the sub-steps of a stage that the cycle has just entered, due by the region's own calendar. */
export async function openStageTasks(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  stage: string,
): Promise<void> {
  for (const definition of picture.workflow.tasks.get(stage) ?? []) {
    await openStep(deps, tx, picture, { stage, definition });
  }
}

/** Opens one sub-step, due as long after today as its definition says. */
export async function openStep(
  deps: EngineDeps,
  tx: Tx,
  picture: CyclePicture,
  { stage, definition }: { readonly stage: string; readonly definition: TaskDefinition },
): Promise<void> {
  const { id, owner, helpers, labels, evidence, facts, target, priority, whenSuspended } = definition;
  await openTask(deps, tx, picture, {
    kind: 'sub-step',
    reference: id,
    stage,
    owner,
    helpers,
    labels,
    evidence,
    facts,
    dueOn: target === null ? null : dayAfter(picture.context.calendar, picture.today, target),
    target,
    priority,
    whenSuspended,
  });
}
