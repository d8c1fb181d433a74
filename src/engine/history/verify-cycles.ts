import type { Actor } from '../../core/terms/actor.js';
import { listCycles } from '../../store/cycle-store.js';
import { getCycle } from '../access/get-cycle.js';
import { requireRole } from '../access/require-role.js';
import { readInBatches } from '../decisions/read-in-batches.js';
import type { EngineDeps } from '../engine-deps.js';
import { verifyCycle, type HistoryFault } from './verify-cycle.js';

/** Faults that are told one by one; beyond them they are only counted. */
const FAULTS_TOLD_MAX = 1_000;

export interface VerificationReport {
  readonly cycles: number;
  /** Cycles with at least one fault. */
  readonly differing: number;
  /** At most 1,000. */
  readonly faults: readonly HistoryFault[];
}

/**
 * Rebuilds cycles from their journal and compares them with their rows (see `verifyCycle`), each on one unchanging
 * picture of the database.
 *
 * @param query.cycleId one cycle; null: all, the ended ones included
 * @throws DomainError `auth.role-forbidden`, `cycle.not-found`
 */
export async function verifyCycles(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string | null },
  onProgress: (done: number) => void = () => {},
): Promise<VerificationReport> {
  requireRole(query.actor, ['administrator', 'auditor', 'system']);
  const { actor, cycleId } = query;
  const faults: HistoryFault[] = [];
  let cycles = 0;
  let differing = 0;
  const verifyOne = async (id: string): Promise<void> => {
    const found = await deps.database.read(async (tx) =>
      verifyCycle(deps, tx, await getCycle(tx, actor, id)),
    );
    cycles += 1;
    if (found.length > 0) differing += 1;
    faults.push(...found.slice(0, FAULTS_TOLD_MAX - faults.length));
    onProgress(cycles);
  };
  if (cycleId !== null) await verifyOne(cycleId);
  else {
    const list = readInBatches((page) => deps.database.read((tx) => listCycles(tx, page)));
    for await (const batch of list) for (const { id } of batch) await verifyOne(id);
  }
  return { cycles, differing, faults };
}
