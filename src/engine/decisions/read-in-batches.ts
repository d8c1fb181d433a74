/** A decision has all facts of its cycle with it, some tens of kilobytes: so many are in memory at a time. */
const BATCH_DECISIONS_MAX = 200;

/** Where a batch begins and how much it may hold. */
export interface BatchPage {
  /** Id of the last row of the batch before; absent: from the beginning. */
  readonly after?: string;
  readonly limit: number;
}

/** Everything that a list gives in the order of ids, batch after batch. */
export async function* readInBatches<Row extends { readonly id: string }>(
  list: (page: BatchPage) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], void> {
  let after: string | undefined;
  for (;;) {
    const batch = await list({ ...(after === undefined ? {} : { after }), limit: BATCH_DECISIONS_MAX });
    if (batch.length > 0) yield batch;
    after = batch.at(-1)?.id;
    if (batch.length < BATCH_DECISIONS_MAX) return;
  }
}
