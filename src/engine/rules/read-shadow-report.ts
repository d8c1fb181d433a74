import type { Rulebook } from '../../core/gates/rulebook.js';
import { verdictChanges, type RuleChange } from '../../core/gates/verdict-changes.js';
import type { VerdictWord } from '../../core/gates/verdict.js';
import type { Actor } from '../../core/terms/actor.js';
import type { Instant } from '../../core/terms/instant.js';
import { findDecisions } from '../../store/decision-store.js';
import { countShadowVerdicts, listDivergences } from '../../store/shadow-store.js';
import { requireRole } from '../access/require-role.js';
import type { EngineDeps } from '../engine-deps.js';

/** A real decision of which a shadowed draft says otherwise. */
export interface Divergence {
  readonly decision: string;
  readonly cycleId: string;
  readonly region: string;
  readonly gate: string;
  readonly at: Instant;
  readonly live: VerdictWord;
  /** Null: the draft has no such gate. */
  readonly shadow: VerdictWord | null;
  /** Of the draft as it was then. */
  readonly rulebookHash: Rulebook['hash'];
  readonly rules: readonly RuleChange[];
}

export interface ShadowReport {
  readonly draftId: string;
  /** How many decisions it was asked about, and of how many it says otherwise. */
  readonly decisions: number;
  readonly diverging: number;
  /** In the order of the decisions. */
  readonly divergences: readonly Divergence[];
}

/**
 * Where a draft that is tried out differs from the rulebook that decides.
 *
 * @param query.after id of the last decision that the caller has; null: from the beginning
 * @throws DomainError `auth.role-forbidden`
 */
export async function readShadowReport(
  deps: EngineDeps,
  query: {
    readonly actor: Actor;
    readonly draftId: string;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<ShadowReport> {
  requireRole(query.actor, ['administrator', 'coordinator', 'auditor', 'system']);
  const { draftId, after, limit } = query;
  return deps.database.read(async (tx) => {
    const counts = await countShadowVerdicts(tx, draftId);
    const rows = await listDivergences(tx, { draftId, limit, ...(after === null ? {} : { after }) });
    const ids = rows.map(({ decisionId }) => decisionId);
    const decisions = new Map((await findDecisions(tx, ids)).map((decision) => [decision.id, decision]));
    const divergences = rows.flatMap((row): Divergence[] => {
      const decision = decisions.get(row.decisionId);
      if (decision === undefined) return [];
      const { id, cycleId, region, gate, at, verdict, verdictWord } = decision;
      return [
        {
          decision: id,
          cycleId,
          region,
          gate,
          at,
          live: verdictWord,
          shadow: row.verdictWord ?? null,
          rulebookHash: row.rulebookHash,
          rules: verdictChanges(verdict, row.verdict ?? null),
        },
      ];
    });
    return { draftId, ...counts, divergences };
  });
}
