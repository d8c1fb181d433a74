import { reserve, type CallBudget } from '../../core/calls/commitments.js';
import { changeProject, type ProjectRow } from '../../store/award-store.js';
import type { Tx } from '../../store/tx.js';
import { callBudget } from './call-budget.js';
import type { CallChange } from './call-desk.js';
import type { CallRecord } from './call-record.js';
import type { Dossier } from './dossier.js';
import { readMoney, storedGrant, storedRefusal } from './stored-money.js';

/**
 * Goes along the ranking once more and sets money aside for what has none yet, by the policy of the call: when money has
 * become free, the next in the ranking gets it. What is funded already is not touched, nor what was given up.
 *
 * @returns what has changed, for the history
 */
export async function fundProjects(
  tx: Tx,
  call: CallRecord,
  dossier: Dossier,
): Promise<readonly CallChange[]> {
  const changes: CallChange[] = [];
  let budget: CallBudget = callBudget(call, dossier);
  let isStopped = false;
  for (const project of dossier.projects) {
    if (project.status === 'dropped' || project.status === 'funded') continue;
    const before = project.status;
    if (isStopped) {
      await changeProject(tx, project, { status: 'after-the-line', unpaidBy: [] });
    } else {
      const outcome = reserve(budget, project.proposalId, requestsOfProject(dossier, project));
      if (outcome.kind === 'done') {
        budget = outcome.budget;
        const grants = budget.grants.filter(({ proposal }) => proposal === project.proposalId);
        await changeProject(tx, project, { status: 'funded', unpaidBy: [], grants: grants.map(storedGrant) });
      } else {
        await changeProject(tx, project, { status: 'unpaid', unpaidBy: outcome.reasons.map(storedRefusal) });
        isStopped = call.policy === 'stop';
      }
    }
    if (before !== project.status) {
      changes.push({
        change: 'project-funding',
        proposal: project.proposalId,
        rank: project.rank,
        before,
        after: project.status,
        unpaidBy: project.unpaidBy,
      });
    }
  }
  return changes;
}

/** What a ranked proposal asks of the regions with which it goes on. */
export function requestsOfProject(
  { ranking }: Dossier,
  project: Pick<ProjectRow, 'proposalId' | 'parted'>,
): { readonly region: string; readonly amount: ReturnType<typeof readMoney> }[] {
  const entry = ranking?.ranked.find(({ proposal }) => proposal === project.proposalId);
  const parted = new Set(project.parted.map(({ region }) => region));
  return (entry?.requests ?? [])
    .filter(({ region }) => !parted.has(region))
    .map((request) => ({ region: request.region, amount: readMoney(request) }));
}
