import type { CallBudget } from '../../core/calls/commitments.js';
import { changeProject } from '../../store/award-store.js';
import type { Tx } from '../../store/tx.js';
import type { CallDesk } from './call-desk.js';
import { storedGrant } from './stored-money.js';

/** Writes what the budget says of each project that has money. */
export async function writeGrants(
  tx: Tx,
  { dossier }: Pick<CallDesk, 'dossier'>,
  budget: CallBudget,
): Promise<void> {
  for (const project of dossier.projects) {
    if (project.status !== 'funded') continue;
    const grants = budget.grants.filter(({ proposal }) => proposal === project.proposalId).map(storedGrant);
    await changeProject(tx, project, { grants });
  }
}
