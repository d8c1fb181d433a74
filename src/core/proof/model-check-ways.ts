import type { Workflow } from '../machines/compile-workflow.js';
import type { Walk } from './model-check-walk.js';

/** What is wrong with the ways of one region. */
export interface WayFault {
  readonly code: 'state.unreachable' | 'state.without-exit' | 'state.only-withdrawal';
  /** The unreachable state, or those of the loop that is never left. */
  readonly states: readonly string[];
}

/** An arrow from one state to another. */
interface Arrow {
  readonly from: string;
  readonly to: string;
}

/**
 * Judges where a region can go: every state must be reachable, and from every state that is, a cycle must be able to
 * end, and not only by giving up. Of states that lead into each other only the last loop (or the last state) is named:
 * nothing leads out of it, and what comes before it suffers from the same.
 */
export function judgeWays(workflow: Workflow, { arrivals, ways }: Walk): readonly WayFault[] {
  const open = ways.filter(({ state }) => state === 'open' || state === 'undecided');
  const unreachable = [...workflow.states.keys()].filter((id) => !arrivals.has(id));
  const ends = (status: 'closed' | 'withdrawn') =>
    [...workflow.states].flatMap(([id, state]) =>
      state.kind === 'final' && state.status === status ? [id] : [],
    );
  const closing = leadingTo(ends('closed'), open);
  const ending = leadingTo([...ends('closed'), ...ends('withdrawn')], open);
  const stranded = [...arrivals.keys()].filter((id) => !closing.has(id) && !ends('withdrawn').includes(id));
  const loops = lastLoops(
    stranded,
    open.filter(({ to }) => stranded.includes(to)),
  );
  return [
    ...unreachable.map((id) => ({ code: 'state.unreachable', states: [id] }) as const),
    ...loops.map((states) => {
      const code = states.some((id) => ending.has(id)) ? 'state.only-withdrawal' : 'state.without-exit';
      return { code, states } as const;
    }),
  ];
}

/** The states from which one of the ends can be reached, with the ends. */
function leadingTo(ends: readonly string[], arrows: readonly Arrow[]): ReadonlySet<string> {
  const found = new Set(ends);
  for (const id of found) for (const { from, to } of arrows) if (to === id) found.add(from);
  return found;
}

/** Groups of states that lead to each other and nowhere else. */
function lastLoops(states: readonly string[], arrows: readonly Arrow[]): readonly (readonly string[])[] {
  const reach = new Map(
    states.map((id) => {
      const found = new Set([id]);
      for (const at of found) for (const { from, to } of arrows) if (from === at) found.add(to);
      return [id, found];
    }),
  );
  const isLast = (id: string) =>
    [...(reach.get(id) ?? [])].every((other) => reach.get(other)?.has(id) === true);
  const last = states.filter(isLast);
  const loopOf = (id: string) => last.filter((other) => reach.get(id)?.has(other) === true);
  return last.filter((id) => loopOf(id)[0] === id).map(loopOf);
}
