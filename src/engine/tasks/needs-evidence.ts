import type { Workflow } from '../../core/machines/compile-workflow.js';
import type { TaskRow } from '../../store/task-store.js';

/** Whether a task is done only when its document is named: as its workflow says of the steps of a stage. */
export function needsEvidence(workflow: Workflow, task: TaskRow): boolean {
  if (task.kind !== 'sub-step') return false;
  const steps = workflow.tasks.get(task.stage) ?? [];
  return steps.find(({ id }) => id === task.reference)?.evidenceRequired ?? false;
}
