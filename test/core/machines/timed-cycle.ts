/* oxlint-disable unicorn/no-thenable -- `then` is a word of the file format; nothing here is awaited */
import { compileWorkflow } from '../../../src/core/machines/compile-workflow.js';
import { workflowSchema } from '../../../src/core/machines/workflow-schema.js';
import { regionCycleFile } from './region-cycle.js';

/** A stage of the file, as far as these tests spoil it. */
interface StageFile {
  timers?: unknown[];
  [more: string]: unknown;
}

/** The shipped workflow as a tree, to be edited. */
export interface WorkflowTree {
  version: number;
  states: Record<string, StageFile>;
  [more: string]: unknown;
}

/** A new copy of version 1 with what `edit` changes in it. */
export function editedFile(edit: (file: WorkflowTree) => void): WorkflowTree {
  const file = regionCycleFile() as WorkflowTree;
  edit(file);
  return file;
}

/** The same, as one version of a workflow. */
export function editedWorkflow(edit: (file: WorkflowTree) => void) {
  return compileWorkflow(workflowSchema.parse(editedFile(edit)), 'b'.repeat(64));
}

export const notice = { type: 'notify', template: 'stage.lasting', audience: ['coordinator'] };

/** A timer that tells, one that leads on through a gate, one that begins the next cycle, one that ends it. */
export const TIMERS: Record<'agenda_setting' | 'implementation' | 'review', unknown[]> = {
  agenda_setting: [{ id: 'long-stay', delay: { workingDays: 120 }, then: { effects: [notice] } }],
  implementation: [
    {
      id: 'review-due',
      delay: { calendarDays: 730 },
      whenSuspended: 'freeze',
      then: { to: 'review', gate: 'implementation.exit' },
    },
  ],
  review: [
    { id: 'start-over', delay: { hours: 24 }, then: { to: 'agenda_setting', startsNextCycle: true } },
    {
      id: 'lapse',
      delay: { workingDays: 260 },
      then: { to: 'withdrawn', effects: [{ type: 'leave-sync-points' }, notice] },
    },
  ],
};

/** Version 1 with all of them. */
export const timedCycle = editedWorkflow((file) => {
  for (const [stage, timers] of Object.entries(TIMERS)) {
    const state = file.states[stage];
    if (state !== undefined) state.timers = timers;
  }
});
