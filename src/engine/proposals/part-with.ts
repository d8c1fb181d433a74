import { grant, release, reserve } from '../../core/calls/commitments.js';
import { changeProject, type Parting, type ProjectRow } from '../../store/award-store.js';
import type { Tx } from '../../store/tx.js';
import { callBudget } from './call-budget.js';
import type { CallDesk } from './call-desk.js';
import { writeGrants } from './write-grants.js';

/** A project goes on without a region: what was set aside there is free, the others keep theirs. */
export async function partWith(
  tx: Tx,
  desk: CallDesk,
  project: ProjectRow,
  parting: Omit<Parting, 'on'>,
): Promise<void> {
  const parted = [...project.parted, { ...parting, on: desk.picture.today }];
  await changeProject(tx, project, { parted });
  if (project.status === 'funded') await reserveAnew(tx, desk, project);
}

/**
 * Sets the money of a project aside anew, for the regions with which it goes on; what was granted stays so. A pot that has
 * lost a part may not pay all any more: then the project waits for money again.
 */
export async function reserveAnew(tx: Tx, desk: CallDesk, project: ProjectRow): Promise<void> {
  const id = project.proposalId;
  const parted = new Set(project.parted.map(({ region }) => region));
  const budget = callBudget(desk.call, desk.dossier);
  const kept = budget.grants.filter(({ proposal, region }) => proposal === id && !parted.has(region));
  const change = reserve(
    release(budget, id),
    id,
    kept.map(({ region, amount }) => ({ region, amount })),
  );
  if (change.kind === 'refused') {
    await changeProject(tx, project, { status: 'unpaid', grants: [] });
    return;
  }
  const granted = kept.filter(({ state }) => state === 'granted').map(({ region }) => region);
  await writeGrants(
    tx,
    desk,
    granted.reduce((sum, region) => grant(sum, id, region), change.budget),
  );
}
