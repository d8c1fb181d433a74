import type { TaskHandover } from '../../store/task-log-store.js';

/** After these the task is nobody's to give back. */
const BEGINS_ANEW: ReadonlySet<string> = new Set(['claimed', 'released', 'reassigned', 'reopened']);

/**
 * Who has handed a task on, the first first: the last of them gets it back next.
 *
 * @param handovers every change of the task, in order
 * @param delegatedBy of the task as it stands; where the log leads elsewhere, because a decision was reverted, it
 *   alone counts
 */
export function delegationChain(
  handovers: readonly TaskHandover[],
  delegatedBy: string | null,
): readonly string[] {
  const chain: string[] = [];
  for (const { change, from, by } of handovers) {
    if (BEGINS_ANEW.has(change)) chain.length = 0;
    if (change === 'delegated') chain.push(from ?? by);
    if (change === 'handed-back') chain.pop();
  }
  if (chain.at(-1) === (delegatedBy ?? undefined)) return chain;
  return delegatedBy === null ? [] : [delegatedBy];
}
