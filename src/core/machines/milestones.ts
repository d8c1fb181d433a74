import type { Workflow } from './compile-workflow.js';

/** What has just happened in a cycle: a state was entered, or facts were recorded that it did not have before. */
export type MilestoneOccasion =
  { readonly enteredState: string } | { readonly recordedFacts: Iterable<string> };

/**
 * The milestones that this occasion reaches, in the order of the workflow. Whether one was reached before in the
 * same cycle is for the caller to know; a milestone counts once per cycle.
 */
export function milestonesReached(workflow: Workflow, occasion: MilestoneOccasion): readonly string[] {
  const isEntered = 'enteredState' in occasion;
  const facts = new Set(isEntered ? [] : occasion.recordedFacts);
  return [...workflow.milestones]
    .filter(([, { reachedBy }]) => {
      if ('fact' in reachedBy) return facts.has(reachedBy.fact);
      return isEntered && reachedBy.entering === occasion.enteredState;
    })
    .map(([id]) => id);
}
