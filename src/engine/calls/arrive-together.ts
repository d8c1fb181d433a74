import { SCOPE_MILESTONES } from '../../core/sync/sync-scope.js';
import type { Instant } from '../../core/terms/instant.js';
import { findCallOfCycle, listCallRegions } from '../../store/call-store.js';
import type { CycleRow } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { arriveAt } from '../sync/arrive-at.js';
import { isIn } from './call-parts.js';

/**
 * A call has reached a milestone that is one instant for all, such as its opening (S4): every region that takes part
 * arrives with it at the sync points of the call.
 */
export async function arriveTogether(
  deps: EngineDeps,
  tx: Tx,
  cycle: Pick<CycleRow, 'id' | 'subject'>,
  { milestone, now }: { readonly milestone: string; readonly now: Instant },
): Promise<void> {
  if (cycle.subject !== 'call' || !SCOPE_MILESTONES.call.includes(milestone)) return;
  const call = await findCallOfCycle(tx, cycle.id);
  if (call === null) return;
  const scope = { kind: 'call', key: call.key } as const;
  for (const { region } of (await listCallRegions(tx, call)).filter(isIn)) {
    await arriveAt(deps, tx, { scheme: call.scheme, scope, region, milestone, now });
  }
}
