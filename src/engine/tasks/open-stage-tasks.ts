import { fromDayNumber, toDayNumber, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { addWorkingDays } from '../../core/calendar/working-days.js';
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
  for (const task of picture.workflow.tasks.get(stage) ?? []) {
    await openTask(deps, tx, picture, {
      kind: 'sub-step',
      reference: task.id,
      stage,
      owner: task.owner,
      labels: task.labels,
      evidence: task.evidence,
      facts: task.facts,
      dueOn: dueOn(picture, task.target),
    });
  }
}

function dueOn(picture: CyclePicture, target: TaskDefinition['target']): CalendarDate | null {
  if (target === null) return null;
  if ('workingDays' in target)
    return addWorkingDays(picture.context.calendar, picture.today, target.workingDays);
  return fromDayNumber(toDayNumber(picture.today) + target.calendarDays);
}
