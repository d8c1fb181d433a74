import type { Actor } from '../../core/terms/actor.js';
import { findDecisions, type DecisionRow } from '../../store/decision-store.js';
import { listLog, type LogRow } from '../../store/log-store.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * What has happened in a cycle, in order: transitions, refusals, facts, tasks, milestones, waivers, incidents. The log
 * itself only names the decision of a gate; here its verdict stands with it.
 *
 * @param query.after sequence of the last entry that the caller has; 0: from the beginning
 * @throws DomainError `cycle.not-found`
 */
export async function readHistory(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string; readonly after: number; readonly limit: number },
): Promise<readonly LogRow[]> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const log = await listLog(tx, cycle.id, { after: query.after, limit: query.limit });
    const ids = log.flatMap(({ details }) => decisionIn(details) ?? []);
    const decisions = new Map((await findDecisions(tx, ids)).map((decision) => [decision.id, decision]));
    return log.map((entry) => withVerdict(entry, decisions.get(decisionIn(entry.details) ?? '')));
  });
}

function decisionIn(details: LogRow['details']): string | null {
  const id = details['decision'];
  return typeof id === 'string' ? id : null;
}

function withVerdict(entry: LogRow, decision: DecisionRow | undefined): LogRow {
  if (decision === undefined) return entry;
  return { ...entry, details: { ...entry.details, verdict: decision.verdict } };
}
