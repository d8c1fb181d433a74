import { judgePairing } from '../../catalog/judge-pairing.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listLivingCycles } from '../../store/cycle-store.js';
import { listFactsOf } from '../../store/fact-store.js';
import { findDraft } from '../../store/rulebook-draft-store.js';
import { listRegions, type RegionRow } from '../../store/scheme-store.js';
import { listWaivers } from '../../store/waiver-store.js';
import { requireRole } from '../access/require-role.js';
import { calendarsAt } from '../calendars/calendar-of.js';
import { drawPicture, pinOf } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { compareGates, type GateChange, type Impact } from './compare-gates.js';
import { DRAFT_READERS } from './read-drafts.js';
import { compileStored, rulebookOf } from './rulebook-of.js';

/**
 * Which gates of which living cycles would answer differently now if each went by the draft; nothing is written.
 *
 * @throws DomainError `draft.not-found`, `auth.role-forbidden`
 */
export async function readImpact(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly draftId: string },
): Promise<Impact> {
  requireRole(query.actor, DRAFT_READERS);
  return deps.database.read(async (tx) => {
    const draft = await findDraft(tx, query.draftId);
    if (draft === null) throw new DomainError('draft.not-found', { draft: query.draftId });
    const proposed = compileStored(deps, draft);
    const now = await deps.clock.now(tx);
    const living = await listLivingCycles(tx, draft.rulebook, null);
    const facts = await listFactsOf(
      tx,
      living.map(({ id }) => id),
    );
    const regions = new Map<string, readonly RegionRow[]>();
    const calendars = await calendarsAt(deps, tx, now);
    const changes: GateChange[] = [];
    let gates = 0;
    for (const cycle of living) {
      const neighbours = regions.get(cycle.scheme) ?? (await listRegions(tx, cycle.scheme));
      regions.set(cycle.scheme, neighbours);
      const records = {
        cycle,
        rulebook: await rulebookOf(deps, tx, pinOf(cycle)),
        regions: neighbours,
        facts: facts.get(cycle.id) ?? [],
        waivers: await listWaivers(tx, cycle.id),
        calendars,
      };
      const before = drawPicture(deps, records, now);
      if (judgePairing(before.workflow, proposed).length > 0) continue;
      const after = drawPicture(deps, { ...records, rulebook: proposed }, now);
      const compared = compareGates(before, after);
      gates += compared.gates;
      changes.push(...compared.changes);
    }
    return { cycles: living.length, gates, changes };
  });
}
