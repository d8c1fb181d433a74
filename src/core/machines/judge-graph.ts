import { pointerTo, type Problem } from '../terms/problem.js';
import type { WorkflowDefinition } from './workflow-schema.js';

/** One transition of the file and where it stands. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  /** Pointer to its `to`. */
  readonly pointer: string;
}

/**
 * Judges the ways through a workflow: it begins in a draft, every transition leads to another state that exists,
 * no event leads twice to the same one, every state can be reached, and from every state an end can be reached. What a
 * timer does by itself is a way like any other. Suspending is left out: it changes no state.
 */
export function judgeGraph(workflow: WorkflowDefinition): Problem[] {
  const edges = edgesOf(workflow);
  const problems = [...judgeInitial(workflow), ...judgeTargets(workflow, edges)];
  // Without a beginning every state would be called unreachable.
  return Object.hasOwn(workflow.states, workflow.initial)
    ? [...problems, ...judgeReach(workflow, edges)]
    : problems;
}

function edgesOf(workflow: WorkflowDefinition): Edge[] {
  return Object.entries(workflow.states).flatMap(([from, state]) => {
    if (state.kind === 'final') return [];
    const base = pointerTo('/states', from);
    return [
      ...Object.entries(state.events).flatMap(([event, transitions]) =>
        transitions.map(({ to }, index) => {
          return { from, to, event, pointer: `${base}/events/${event}/${index}/to` };
        }),
      ),
      ...(state.kind === 'stage' ? state.timers : []).flatMap(({ id, then: { to } }, index) =>
        // By its place too: two of one name are two faults of another kind.
        to === undefined
          ? []
          : [{ from, to, event: `timer:${id}:${index}`, pointer: `${base}/timers/${index}/then/to` }],
      ),
    ];
  });
}

function judgeInitial({ initial, states }: WorkflowDefinition): Problem[] {
  if (!Object.hasOwn(states, initial)) {
    return [{ pointer: '/initial', code: 'state.unknown', message: `there is no state ${initial}` }];
  }
  if (states[initial]?.kind !== 'draft') {
    return [
      { pointer: '/initial', code: 'state.initial-not-draft', message: `${initial} is not of kind draft` },
    ];
  }
  return [];
}

function judgeTargets({ states }: WorkflowDefinition, edges: readonly Edge[]): Problem[] {
  const seen = new Set<string>();
  return edges.flatMap(({ from, to, event, pointer }): Problem[] => {
    if (!Object.hasOwn(states, to)) {
      return [{ pointer, code: 'state.unknown', message: `there is no state ${to}` }];
    }
    // XState runs neither exit nor entry effects on such a transition, so it would look like a step and be none.
    if (from === to) return [{ pointer, code: 'transition.to-itself', message: `${to} leads to itself` }];
    const way = `${from} ${event} ${to}`;
    if (seen.has(way)) {
      return [{ pointer, code: 'transition.target-twice', message: `${event} leads to ${to} already` }];
    }
    seen.add(way);
    return [];
  });
}

function judgeReach({ initial, states }: WorkflowDefinition, edges: readonly Edge[]): Problem[] {
  const ends = Object.entries(states).flatMap(([id, { kind }]) => (kind === 'final' ? [id] : []));
  const reached = closure([initial], (id) => edges.flatMap(({ from, to }) => (from === id ? [to] : [])));
  const ending = closure(ends, (id) => edges.flatMap(({ from, to }) => (to === id ? [from] : [])));

  return Object.keys(states).flatMap((id) => {
    const pointer = pointerTo('/states', id);
    const problems: Problem[] = [];
    if (!reached.has(id)) {
      problems.push({ pointer, code: 'state.unreachable', message: `no way leads from ${initial} to ${id}` });
    }
    if (!ending.has(id)) {
      problems.push({
        pointer,
        code: 'state.without-end',
        message: `no way leads from ${id} to a final state`,
      });
    }
    return problems;
  });
}

function closure(start: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(start);
  // A set hands out what is added while it is walked.
  for (const id of found) for (const follower of next(id)) found.add(follower);
  return found;
}
