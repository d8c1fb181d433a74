import { readHistory } from '../engine/cycles/read-history.js';
import type { EngineDeps } from '../engine/engine-deps.js';
import { SYSTEM_ACTOR } from '../core/terms/actor.js';

/** One entry of a cycle's log. */
export type HistoryEntry = Awaited<ReturnType<typeof readHistory>>[number];

const PAGE_ENTRIES_MAX = 500;

/** Reads on in the logs of cycles where it stopped at the last look. */
export function watchHistory(deps: EngineDeps): (cycleId: string) => Promise<readonly HistoryEntry[]> {
  const read = new Map<string, number>();
  return async (cycleId) => {
    const news: HistoryEntry[] = [];
    for (;;) {
      const after = read.get(cycleId) ?? 0;
      const page = await readHistory(deps, { actor: SYSTEM_ACTOR, cycleId, after, limit: PAGE_ENTRIES_MAX });
      const last = page.at(-1);
      if (last === undefined) return news;
      news.push(...page);
      read.set(cycleId, last.sequence);
      if (page.length < PAGE_ENTRIES_MAX) return news;
    }
  };
}
