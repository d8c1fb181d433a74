import type { CalendarDate } from '../../core/calendar/calendar-date.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import { DomainError } from '../../core/terms/domain-error.js';
import type { DecisionRow } from '../../store/decision-store.js';
import { countingVersion } from '../../store/rulebook-version-store.js';
import type { Tx } from '../../store/tx.js';
import type { EngineDeps } from '../engine-deps.js';
import { rulebookOf } from '../rules/rulebook-of.js';

/**
 * The very rulebook that a decision was taken with.
 *
 * @throws DomainError `definition.not-found`, `definition.hash-mismatch`
 */
export async function decisionRulebook(
  deps: EngineDeps,
  tx: Tx,
  decision: Pick<DecisionRow, 'rulebookId' | 'rulebookVersion' | 'rulebookHash'>,
): Promise<Rulebook> {
  const { rulebookId: id, rulebookVersion: version, rulebookHash: hash } = decision;
  return rulebookOf(deps, tx, { id, version, hash });
}

/**
 * The newest version of a rulebook that is in force on a day: by it a cycle that enters a stage would be judged.
 *
 * @throws DomainError `definition.not-found` when no version is in force
 */
export async function rulebookInForce(
  deps: EngineDeps,
  tx: Tx,
  id: string,
  today: CalendarDate,
): Promise<Rulebook> {
  const row = await countingVersion(tx, id, today);
  if (row === null) throw new DomainError('definition.not-found', { kind: 'rulebook', id });
  return rulebookOf(deps, tx, row);
}
