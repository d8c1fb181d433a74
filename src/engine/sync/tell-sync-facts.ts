import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { asksAbout } from '../../store/sync-store.js';
import type { Tx } from '../../store/tx.js';
import { recordEffect } from '../effects/record-effect.js';
import type { EngineDeps } from '../engine-deps.js';

/** Has the sync points of a region look at it again whose rules ask about one of these facts; mostly there is none. */
export async function tellSyncFacts(
  deps: EngineDeps,
  tx: Tx,
  cycle: Pick<CycleRow, 'id' | 'scheme' | 'region' | 'subject'>,
  { facts, now }: { readonly facts: readonly string[]; readonly now: Instant },
): Promise<void> {
  const { id: cycleId, scheme, region } = cycle;
  if (cycle.subject !== 'region' || !(await asksAbout(tx, { scheme, region, facts }))) return;
  await recordEffect(deps, tx, { type: 'sync-facts', scheme, region, cycleId }, now);
}
