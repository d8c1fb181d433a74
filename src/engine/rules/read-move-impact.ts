import { judgePairing } from '../../catalog/judge-pairing.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listFacts } from '../../store/fact-store.js';
import { listRegions } from '../../store/scheme-store.js';
import { listWaivers } from '../../store/waiver-store.js';
import { getCycle } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import { calendarsAt } from '../calendars/calendar-of.js';
import { drawPicture, pinOf } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { compareGates, type Impact } from './compare-gates.js';
import { DRAFT_READERS } from './read-drafts.js';
import { rulebookOf } from './rulebook-of.js';

/**
 * Which gates before one cycle would answer differently now if it were moved to another version; nothing is
 * written.
 *
 * @throws DomainError `cycle.not-found`, `definition.not-found`, `rulebook.not-for-workflow`, `auth.role-forbidden`
 */
export async function readMoveImpact(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string; readonly version: number },
): Promise<Impact> {
  requireRole(query.actor, DRAFT_READERS);
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const now = await deps.clock.now(tx);
    const proposed = await rulebookOf(deps, tx, { id: cycle.rulebookId, version: query.version });
    const records = {
      cycle,
      rulebook: await rulebookOf(deps, tx, pinOf(cycle)),
      regions: await listRegions(tx, cycle.scheme),
      facts: await listFacts(tx, cycle.id),
      waivers: await listWaivers(tx, cycle.id),
      calendars: await calendarsAt(deps, tx, now),
    };
    const before = drawPicture(deps, records, now);
    if (judgePairing(before.workflow, proposed).length > 0) {
      throw new DomainError('rulebook.not-for-workflow', { version: query.version });
    }
    const after = drawPicture(deps, { ...records, rulebook: proposed }, now);
    return { cycles: 1, ...compareGates(before, after) };
  });
}
