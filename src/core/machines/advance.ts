import { transition } from 'xstate';
import { machineEventType, type Workflow } from './compile-workflow.js';
import { effectsOf, type CycleEffect } from './cycle-effect.js';
import { stageOf, toCycleSnapshot, type CycleSnapshot } from './cycle-snapshot.js';
import { possibleEvents, possibleSteps, type PossibleEvent, type PossibleStep } from './possible-events.js';
import type { StepEvent } from './workflow-schema.js';

/** The wish to move a cycle, or a timer that is due. */
export interface CycleCommand {
  readonly type: StepEvent;
  /** The target state; may be left out where the event has only one. For `suspend` and `resume` it is the stage. */
  readonly to?: string | undefined;
  /** Whether the verdict on the transition's gate opens it. Left out means: no verdict, so a gate stays closed. */
  readonly opens?: boolean | undefined;
}

/** The cycle moves. Nothing is stored and no effect has happened yet. */
export interface Advanced {
  readonly kind: 'advanced';
  readonly snapshot: CycleSnapshot;
  readonly from: string;
  /** The same as `from` for `suspend` and `resume`, and only for these: then no state was entered. */
  readonly to: string;
  /** The gate that the transition stood behind; null where it has none. */
  readonly gate: string | null;
  /** In the order exit, transition, entry. */
  readonly effects: readonly CycleEffect[];
  /** Number of the cycle after the transition. */
  readonly number: number;
}

/** The cycle stays where it is, and why. */
export interface Refused {
  readonly kind: 'refused';
  /**
   * `event.not-possible`: the state does not know the event. `event.target-unknown`: it does, but not to this
   * target, or it leads to several and none was named. `gate.refused`: the way exists and its gate is closed.
   */
  readonly code: 'event.not-possible' | 'event.target-unknown' | 'gate.refused';
  /** What people may ask of the cycle where it stands. */
  readonly possible: readonly PossibleEvent[];
}

/**
 * Decides on an event: the same input gives the same answer, nothing is changed. XState keeps silent on an event
 * that it does not know or that a guard refuses; here each of these is a named refusal.
 *
 * @param snapshot as given by `initialSnapshot`, `readSnapshot` or the decision before
 */
export function applyEvent(
  workflow: Workflow,
  snapshot: CycleSnapshot,
  command: CycleCommand,
): Advanced | Refused {
  const possible = possibleEvents(workflow, snapshot);
  const sameType = possibleSteps(workflow, snapshot).filter(({ type }) => type === command.type);
  if (sameType.length === 0) return { kind: 'refused', code: 'event.not-possible', possible };

  const chosen = choose(sameType, command.to);
  if (chosen === null) return { kind: 'refused', code: 'event.target-unknown', possible };

  const event = { type: machineEventType(chosen.type, chosen.to), opens: command.opens === true };
  const current = workflow.machine.resolveState(snapshot);
  if (!current.can(event)) return { kind: 'refused', code: 'gate.refused', possible };

  const [next, actions] = transition(workflow.machine, current, event);
  const moved = toCycleSnapshot(next);
  return {
    kind: 'advanced',
    snapshot: moved,
    from: stageOf(snapshot),
    to: stageOf(moved),
    gate: chosen.gate,
    effects: effectsOf(actions),
    number: moved.context.number,
  };
}

function choose(steps: readonly PossibleStep[], to: string | undefined): PossibleStep | null {
  if (to === undefined) return steps.length === 1 ? (steps[0] ?? null) : null;
  return steps.find((step) => step.to === to) ?? null;
}
