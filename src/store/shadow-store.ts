import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Verdict, VerdictWord } from '../core/gates/verdict.js';
import { instantColumn } from './columns.js';
import type { Tx } from './tx.js';

/** What a rulebook that is only tried out says of a real decision. */
export const shadowVerdictTable = defineEntity({
  name: 'ShadowVerdict',
  tableName: 'shadow_verdicts',
  properties: {
    draftId: p.uuid().primary(),
    decisionId: p.uuid().primary(),
    /** Of the draft as it was then: it may have been edited since. */
    rulebookHash: p.string(),
    at: instantColumn(),
    /** Null with `verdict`: the draft has no such gate. */
    verdictWord: p.string().$type<VerdictWord>().nullable(),
    verdict: p.json<Verdict>().nullable(),
    diverges: p.boolean(),
  },
});

export type ShadowVerdictRow = Readonly<InferEntity<typeof shadowVerdictTable>>;

export async function addShadowVerdict(tx: Tx, row: ShadowVerdictRow): Promise<void> {
  await tx.insert(shadowVerdictTable, { ...row });
}

/** How many decisions a draft has been tried on, and on how many it says otherwise. */
export async function countShadowVerdicts(
  tx: Tx,
  draftId: string,
): Promise<{ readonly decisions: number; readonly diverging: number }> {
  const [row] = await tx.execute<{ decisions: number; diverging: number }[]>(
    `select count(*)::int as decisions, count(*) filter (where diverges)::int as diverging
     from shadow_verdicts where draft_id = ?`,
    [draftId],
  );
  return row ?? { decisions: 0, diverging: 0 };
}

/** The diverging verdicts of a draft in the order of their decisions, at most `limit`. */
export async function listDivergences(
  tx: Tx,
  filter: { readonly draftId: string; readonly after?: string; readonly limit: number },
): Promise<readonly ShadowVerdictRow[]> {
  return tx.find(
    shadowVerdictTable,
    {
      draftId: filter.draftId,
      diverges: true,
      ...(filter.after === undefined ? {} : { decisionId: { $gt: filter.after } }),
    },
    { orderBy: { decisionId: 'asc' }, limit: filter.limit },
  );
}
