import { DomainError } from '../terms/domain-error.js';
import { possibleSteps } from '../machines/possible-events.js';
import type { Workflow } from '../machines/compile-workflow.js';
import type { CycleEvent } from '../machines/workflow-schema.js';
import type { AskedEvent, WitnessStep } from './model-check-alarm.js';
import type { Arrival, Walk } from './model-check-walk.js';

/** A transition of the file. */
export interface Arrow extends AskedEvent {
  readonly from: string;
  readonly gate: string | null;
  /** Its number among those of its event, or among the timers of its stage. */
  readonly index: number;
}

/** A state that a witness can be led to. */
export interface Place {
  readonly arrival: Arrival & { readonly steps: readonly WitnessStep[] };
  /** The transition on which the way goes on, behind which it can't be led; null: none leads there. */
  readonly next: Arrow | null;
}

/** All transitions, those of timers included, in the order of the file. */
export function arrowsOf({ states, timers }: Workflow): readonly Arrow[] {
  return [...states].flatMap(([from, state]) => {
    if (state.kind === 'final') return [];
    const asked = Object.entries(state.events).flatMap(([type, transitions]) =>
      transitions.map(({ to, gate }, index): Arrow => {
        return { from, type: type as CycleEvent, to, gate: gate ?? null, index };
      }),
    );
    const timed = (timers.get(from) ?? []).flatMap(({ id, then: { to, gate } }, index): Arrow[] =>
      to === undefined ? [] : [{ from, type: `timer:${id}`, to, gate: gate ?? null, index }],
    );
    return [...asked, ...timed];
  });
}

/**
 * The reachable state that is nearest to a state by the transitions of the file, gates left aside, and the transition
 * on which the nearest way goes on. Where no transition leads there at all: the state that is farthest from the
 * beginning.
 */
export function nearestPlace(workflow: Workflow, walk: Walk, target: string): Place {
  const arrows = arrowsOf(workflow);
  const next = new Map<string, Arrow | null>([[target, null]]);
  for (const [state, arrow] of next) {
    const arrival = provedArrival(walk, state);
    if (arrival !== null) return { arrival, next: arrow };
    for (const each of arrows) if (each.to === state && !next.has(each.from)) next.set(each.from, each);
  }
  return { arrival: farthest(workflow, walk), next: null };
}

/** How a region comes to a state, if that is proved. */
export function provedArrival({ arrivals }: Walk, state: string): Place['arrival'] | null {
  const arrival = arrivals.get(state);
  if (arrival === undefined) return null;
  const { steps } = arrival;
  return steps === null ? null : { ...arrival, steps };
}

/** What the engine answers to an event that the state does not have, or not to this target. */
export function unknownEvent(
  workflow: Workflow,
  { snapshot }: Arrival,
  { type }: AskedEvent,
): 'event.target-unknown' | 'event.not-possible' {
  const isKnown = possibleSteps(workflow, snapshot).some((event) => event.type === type);
  return isKnown ? 'event.target-unknown' : 'event.not-possible';
}

function farthest(workflow: Workflow, walk: Walk): Place['arrival'] {
  const living = [...walk.arrivals.keys()].filter((id) => workflow.states.get(id)?.kind !== 'final');
  const proved = living.flatMap((id) => provedArrival(walk, id) ?? []);
  const [first, ...others] = proved;
  // The draft is always among them: nothing has to open for it.
  if (first === undefined) throw new DomainError('internal', { region: walk.region.nuts });
  return others.reduce((best, one) => (one.steps.length > best.steps.length ? one : best), first);
}
