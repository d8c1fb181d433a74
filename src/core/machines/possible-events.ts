import type { Workflow } from './compile-workflow.js';
import { isSuspended, stageOf, type CycleSnapshot } from './cycle-snapshot.js';
import type { CycleEvent } from './workflow-schema.js';

/** One thing that a person may ask of a cycle now. */
export interface PossibleEvent {
  readonly type: CycleEvent;
  /** Where it leads; the stage itself for `suspend` and `resume`. */
  readonly to: string;
  /** The gate that must open for it; null where a person's decision is enough. */
  readonly gate: string | null;
}

const WHILE_ACTIVE = ['advance', 'send-back', 'close', 'suspend', 'withdraw'] as const;
const WHILE_SUSPENDED = ['resume', 'withdraw'] as const;

/**
 * What a cycle understands where it stands, gates left aside: a closed gate refuses later and with its reasons.
 * Empty in a final state. The order is fixed, and that of the file within one event.
 */
export function possibleEvents(workflow: Workflow, snapshot: CycleSnapshot): readonly PossibleEvent[] {
  const stage = stageOf(snapshot);
  const state = workflow.states.get(stage);
  if (state === undefined || state.kind === 'final') return [];

  return (isSuspended(snapshot) ? WHILE_SUSPENDED : WHILE_ACTIVE).flatMap((type): PossibleEvent[] => {
    if (type === 'suspend' || type === 'resume') {
      return state.kind === 'stage' ? [{ type, to: stage, gate: null }] : [];
    }
    return (state.events[type] ?? []).map(({ to, gate }) => ({ type, to, gate: gate ?? null }));
  });
}
