import { startRebuild, type CycleImage } from '../../core/history/cycle-image.js';
import type { FactValue } from '../../core/facts/fact-value.js';
import type { RowImage } from '../../core/history/row-change.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { Instant } from '../../core/terms/instant.js';
import type { CycleRow } from '../../store/cycle-store.js';
import { listChanges } from '../../store/journal.js';
import type { TaskRow } from '../../store/task-store.js';
import type { Tx } from '../../store/tx.js';
import type { WaiverRow } from '../../store/waiver-store.js';

/** A cycle as it stood at some instant, in the form of its rows. */
export interface PastCycle {
  readonly cycle: CycleRow;
  readonly tasks: readonly TaskRow[];
  readonly facts: readonly FactValue[];
  readonly waivers: readonly WaiverRow[];
}

/** Nothing is compared when a state is only looked up: `verifyCycle` does that. */
const trusting = (): boolean => true;

/**
 * A cycle as it stood at `at`, rebuilt from its journal: what was decided in that very millisecond has happened.
 *
 * @throws DomainError `history.not-recorded` when the cycle did not exist yet, or its journal begins later
 */
export async function pastCycle(tx: Tx, cycle: CycleRow, at: Instant): Promise<PastCycle> {
  const past = await pastCycleOrNull(tx, cycle, at);
  if (past === null)
    throw new DomainError('history.not-recorded', { cycle: cycle.id, at, from: cycle.openedAt });
  return past;
}

/** The same; null where nothing is recorded of that time. */
export async function pastCycleOrNull(tx: Tx, cycle: CycleRow, at: Instant): Promise<PastCycle | null> {
  const rebuild = startRebuild(trusting);
  for (const page of await listChanges(tx, cycle.id, at)) rebuild.take(page);
  return rowsOf(rebuild.image);
}

/** The images are those that the stores have made of such rows: see `cycleImage`, `taskImage`. */
function rowsOf(image: CycleImage): PastCycle | null {
  const [cycle] = image.cycles.values();
  if (cycle === undefined) return null;
  const rows = <Row>(images: Iterable<RowImage>): readonly Row[] => [...images] as unknown as readonly Row[];
  return {
    cycle: cycle as unknown as CycleRow,
    tasks: rows<TaskRow>(image.tasks.values()),
    facts: rows<FactValue>(image.facts.values()).toSorted((a, b) => (a.fact < b.fact ? -1 : 1)),
    waivers: rows<WaiverRow>(image.waivers.values()).toSorted((a, b) => (a.grantedAt < b.grantedAt ? -1 : 1)),
  };
}
