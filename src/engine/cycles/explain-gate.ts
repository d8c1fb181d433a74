import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Verdict } from '../../core/gates/verdict.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { takePicture } from './cycle-picture.js';
import { findWay } from './find-way.js';

/** What an advance would answer now, and the rulebook whose labels explain it. */
export interface GateExplanation {
  readonly cycleId: string;
  readonly version: number;
  readonly to: string;
  readonly verdict: Verdict;
  readonly rulebook: Rulebook;
}

/**
 * Explains why a cycle can or cannot move: the same steps as `advanceCycle`, without a write, so that the
 * explanation cannot drift from the decision.
 *
 * @param query.to the target; null: the one that an advance without a target would be decided on
 * @throws DomainError `cycle.not-found`, `event.target-unknown`, `gate.none` when no gate stands before the
 *   step, or the cycle cannot advance at all
 */
export async function explainGate(
  deps: EngineDeps,
  query: { readonly actor: Actor; readonly cycleId: string; readonly to: string | null },
): Promise<GateExplanation> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const picture = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
    const way = findWay(picture, 'advance', query.to);
    if (way === null || way.verdict === null) {
      throw new DomainError('gate.none', { stage: cycle.stage, status: cycle.status, to: query.to });
    }
    return {
      cycleId: cycle.id,
      version: cycle.version,
      to: way.event.to,
      verdict: way.verdict,
      rulebook: picture.rulebook,
    };
  });
}
