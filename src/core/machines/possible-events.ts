import type { Workflow } from './compile-workflow.js';
import { isSuspended, stageOf, type CycleSnapshot } from './cycle-snapshot.js';
import type { CycleEvent, StepEvent, TimerDefinition, TimerEvent } from './workflow-schema.js';

/** One thing that a person may ask of a cycle now. */
export interface PossibleEvent {
  readonly type: CycleEvent;
  /** Where it leads; the stage itself for `suspend` and `resume`. */
  readonly to: string;
  /** The gate that must open for it; null where a person's decision is enough. */
  readonly gate: string | null;
}

/** One thing that a timer may do to a cycle when it is due. */
export interface PossibleTimer extends Omit<PossibleEvent, 'type'> {
  readonly type: TimerEvent;
  readonly timer: TimerDefinition;
}

/** One way on, whoever takes it. */
export interface PossibleStep extends Omit<PossibleEvent, 'type'> {
  readonly type: StepEvent;
}

const WHILE_ACTIVE = ['advance', 'send-back', 'close', 'suspend', 'withdraw'] as const;
const WHILE_SUSPENDED = ['resume', 'withdraw'] as const;

/**
 * What a cycle understands where it stands, gates left aside: a closed gate refuses later and with its reasons.
 * Timers are none of them. Empty in a final state. The order is fixed, and that of the file within one event.
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

/**
 * The timers of the stage in which a cycle stands that lead to another state, in the order of the file. Empty while it
 * rests: no timer falls due then.
 */
export function possibleTimers(workflow: Workflow, snapshot: CycleSnapshot): readonly PossibleTimer[] {
  if (isSuspended(snapshot)) return [];
  return (workflow.timers.get(stageOf(snapshot)) ?? []).flatMap((timer): PossibleTimer[] => {
    const { to, gate } = timer.then;
    return to === undefined ? [] : [{ type: `timer:${timer.id}`, to, gate: gate ?? null, timer }];
  });
}

/** Every way on: what people may ask for, and then timers. */
export function possibleSteps(workflow: Workflow, snapshot: CycleSnapshot): readonly PossibleStep[] {
  return [...possibleEvents(workflow, snapshot), ...possibleTimers(workflow, snapshot)];
}
