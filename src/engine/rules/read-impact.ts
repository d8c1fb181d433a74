import { judgePairing } from '../../catalog/judge-pairing.js';
import { evaluateGate } from '../../core/gates/evaluate-gate.js';
import type { Verdict, VerdictWord } from '../../core/gates/verdict.js';
import { possibleEvents } from '../../core/machines/possible-events.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { listLivingCycles } from '../../store/cycle-store.js';
import { listFactsOf } from '../../store/fact-store.js';
import { findDraft } from '../../store/rulebook-draft-store.js';
import { listRegions, type RegionRow } from '../../store/scheme-store.js';
import { listWaivers } from '../../store/waiver-store.js';
import { requireRole } from '../access/require-role.js';
import { drawPicture, pinOf, type CyclePicture } from '../cycles/cycle-picture.js';
import type { EngineDeps } from '../engine-deps.js';
import { DRAFT_READERS } from './read-drafts.js';
import { compileStored, rulebookOf } from './rulebook-of.js';

/** A gate that would answer differently now. */
export interface GateChange {
  readonly region: string;
  readonly cycleId: string;
  readonly stage: string;
  readonly gate: string;
  readonly to: string;
  /** By the version that the cycle is pinned to. */
  readonly old: VerdictWord;
  readonly new: VerdictWord;
  /** By the draft. */
  readonly failing: readonly string[];
  readonly missing: readonly string[];
}

export interface Impact {
  /** What was looked at: the living cycles of the rulebook, and the gates before them. */
  readonly cycles: number;
  readonly gates: number;
  readonly changes: readonly GateChange[];
}

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
      };
      const before = drawPicture(deps, records, now);
      if (judgePairing(before.workflow, proposed).length > 0) continue;
      const after = drawPicture(deps, { ...records, rulebook: proposed }, now);
      const compared = compare(before, after);
      gates += compared.gates;
      changes.push(...compared.changes);
    }
    return { cycles: living.length, gates, changes };
  });
}

function compare(before: CyclePicture, after: CyclePicture): Omit<Impact, 'cycles'> {
  const { cycle, workflow, snapshot } = before;
  const gated = possibleEvents(workflow, snapshot).flatMap(({ gate, to }) =>
    gate === null ? [] : [{ gate, to }],
  );
  const changes = gated.flatMap(({ gate, to }): GateChange[] => {
    const old = judge(before, gate).verdict;
    const verdict = judge(after, gate);
    if (old === verdict.verdict) return [];
    const { failing, missing } = verdict;
    return [
      {
        region: cycle.region,
        cycleId: cycle.id,
        stage: cycle.stage,
        gate,
        to,
        old,
        new: verdict.verdict,
        failing,
        missing: missing.map(({ fact }) => fact),
      },
    ];
  });
  return { gates: gated.length, changes };
}

function judge({ rulebook, context, waivers }: CyclePicture, gate: string): Verdict {
  return evaluateGate({ rulebook, gate, context, waivers });
}
