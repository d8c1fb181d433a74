import { possibleEvents, type PossibleEvent } from '../../core/machines/possible-events.js';
import { readSnapshot } from '../../core/machines/cycle-snapshot.js';
import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { pastCycle } from '../history/past-cycle.js';
import { requirePast } from '../history/require-past.js';
import { cycleView, type CycleView } from './cycle-view.js';

/**
 * A cycle, and what it understands where it stands.
 *
 * @param query.at as it stood then, rebuilt from its journal; null: as it stands
 * @throws DomainError `cycle.not-found`, `history.not-recorded`, `date.in-the-future`
 */
export async function readCycle(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string; readonly at?: Instant | null },
): Promise<{ readonly cycle: CycleView; readonly possible: readonly PossibleEvent[] }> {
  const { actor, cycleId, at = null } = query;
  return deps.database.read(async (tx) => {
    const stored = await getCycle(tx, actor, cycleId);
    const now = await deps.clock.now(tx);
    if (at !== null) requirePast(at, now);
    const cycle = at === null ? stored : (await pastCycle(tx, stored, at)).cycle;
    const workflow = deps.catalog.workflow({
      id: cycle.workflowId,
      version: cycle.workflowVersion,
      hash: cycle.workflowHash,
    });
    const possible = possibleEvents(workflow, readSnapshot(workflow, cycle.snapshot));
    return { cycle: cycleView(cycle), possible };
  });
}
