import { judgePairing } from '../../catalog/judge-pairing.js';
import { dateInZone } from '../../core/calendar/zoned-instant.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Workflow } from '../../core/machines/compile-workflow.js';
import type { Instant } from '../../core/terms/instant.js';
import { countingVersion } from '../../store/rulebook-version-store.js';
import type { RegionRow } from '../../store/scheme-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

/**
 * The rulebook by which a joint cycle begins, which has the name of its workflow: the version that counts today where
 * the cycle is led from; the one of the files where that cannot serve.
 */
export async function countingRulebook(
  deps: EngineDeps,
  tx: Tx,
  workflow: Workflow,
  { lead, now }: { readonly lead: RegionRow; readonly now: Instant },
): Promise<Rulebook> {
  const counting = await countingVersion(tx, workflow.id, dateInZone(now, lead.zone));
  const rulebook = counting === null ? null : await rulebookOf(deps, tx, counting);
  if (rulebook !== null && judgePairing(workflow, rulebook).length === 0) return rulebook;
  return deps.catalog.latestRulebook(workflow.id);
}
