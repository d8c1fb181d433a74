import { listDecisions, type DecisionFilter, type DecisionRow } from '../../store/decision-store.js';
import type { Tx } from '../../store/tx.js';

/** A decision has all facts of its cycle with it, some tens of kilobytes: so many are in memory at a time. */
const BATCH_DECISIONS_MAX = 200;

/** Every decision that the filter lets through, in the order in which they were taken, batch after batch. */
export async function* readInBatches(
  tx: Tx,
  filter: DecisionFilter,
): AsyncGenerator<readonly DecisionRow[], void> {
  let after: string | undefined;
  for (;;) {
    const batch = await listDecisions(tx, {
      ...filter,
      ...(after === undefined ? {} : { after }),
      limit: BATCH_DECISIONS_MAX,
    });
    if (batch.length > 0) yield batch;
    after = batch.at(-1)?.id;
    if (batch.length < BATCH_DECISIONS_MAX) return;
  }
}
