import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { DecisionRow } from '../../store/decision-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';

/**
 * The very rulebook that a decision was taken with.
 *
 * @throws DomainError `definition.not-found`, `definition.hash-mismatch`
 */
export async function decisionRulebook(
  deps: EngineDeps,
  _tx: Tx,
  decision: Pick<DecisionRow, 'rulebookId' | 'rulebookVersion' | 'rulebookHash'>,
): Promise<Rulebook> {
  return deps.catalog.rulebook({
    id: decision.rulebookId,
    version: decision.rulebookVersion,
    hash: decision.rulebookHash,
  });
}

/**
 * The newest version of a rulebook that is in force on a day: by it a cycle that enters a stage would be judged.
 *
 * @throws DomainError `definition.not-found` when no version is in force
 */
export async function rulebookInForce(
  deps: EngineDeps,
  _tx: Tx,
  id: string,
  today: CalendarDate,
): Promise<Rulebook> {
  const found = deps.catalog.rulebooks.filter((one) => one.id === id && one.effectiveFrom <= today).at(-1);
  if (found === undefined) throw new DomainError('definition.not-found', { kind: 'rulebook', id });
  return found;
}
