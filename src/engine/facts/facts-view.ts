import type { FactValue } from '../../core/facts/fact-value.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { listFacts } from '../../store/fact-store.js';
import type { Tx } from '../../store/tx.js';

/** Every fact of a cycle with its origin, and the cycle's version for `If-Match`. */
export interface FactsView {
  readonly cycleId: string;
  readonly version: number;
  readonly facts: readonly FactValue[];
}

export async function factsView(tx: Tx, cycle: CycleRow): Promise<FactsView> {
  return { cycleId: cycle.id, version: cycle.version, facts: await listFacts(tx, cycle.id) };
}
