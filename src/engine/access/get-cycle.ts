import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { findCycle, lockCycle, type CycleRow } from '../../store/cycle-store.js';
import type { Tx } from '../../store/tx.js';

/**
 * The cycle, if this person may know of it. For an authority the cycles of other regions do not exist; what is joint
 * all of them see.
 *
 * @throws DomainError `cycle.not-found`
 */
export async function getCycle(tx: Tx, actor: Actor, id: string): Promise<CycleRow> {
  return visible(actor, id, await findCycle(tx, id));
}

/**
 * The same, locked until the transaction ends, so that nobody else decides about it meanwhile.
 *
 * @param expectedVersion the version that the caller has seen; null when any will do
 * @throws DomainError `cycle.not-found`; `version.stale` when the cycle has changed since; `region.not-leading` for
 *   an authority whose region does not lead what is joint
 */
export async function getCycleForChange(
  tx: Tx,
  actor: Actor,
  id: string,
  expectedVersion: number | null,
): Promise<CycleRow> {
  const cycle = visible(actor, id, await lockCycle(tx, id));
  if (actor.region !== null && actor.region !== cycle.region) {
    throw new DomainError('region.not-leading', { region: actor.region, leads: cycle.region });
  }
  if (expectedVersion !== null && expectedVersion !== cycle.version) {
    throw new DomainError('version.stale', { expected: expectedVersion, current: cycle.version });
  }
  return cycle;
}

function visible(actor: Actor, id: string, cycle: CycleRow | null): CycleRow {
  const isPrivate = cycle?.subject === 'region' && actor.region !== null && actor.region !== cycle.region;
  if (cycle === null || isPrivate) {
    throw new DomainError('cycle.not-found', { cycle: id });
  }
  return cycle;
}
