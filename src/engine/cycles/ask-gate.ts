import type { GateQuestion } from '../../core/gates/evaluate-gate.js';
import type { Rulebook } from '../../core/gates/rulebook.js';
import type { Verdict } from '../../core/gates/verdict.js';
import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { getCycle } from '../access/get-cycle.js';
import type { EngineDeps } from '../engine-deps.js';
import { takePicture } from './cycle-picture.js';
import { findWay } from './find-way.js';

/** Who asks about the next gate of which cycle. */
export interface GateQuery {
  readonly actor: Actor;
  readonly cycleId: string;
  /** The target; null: the one that an advance without a target would be decided on. */
  readonly to: string | null;
}

/** The next gate of a cycle as it stands now: what an advance would be decided on. */
export interface AskedGate {
  readonly cycleId: string;
  readonly version: number;
  readonly to: string;
  readonly verdict: Verdict;
  readonly rulebook: Rulebook;
  readonly question: GateQuestion;
}

/**
 * Looks at the next gate of a cycle by the same steps as `advanceCycle`, without a write, so that what is said about
 * it cannot drift from the decision.
 *
 * @throws DomainError `cycle.not-found`, `event.target-unknown`, `gate.none` when no gate stands before the
 *   step, or the cycle cannot advance at all
 */
export async function askGate(deps: EngineDeps, query: GateQuery): Promise<AskedGate> {
  return deps.database.read(async (tx) => {
    const cycle = await getCycle(tx, query.actor, query.cycleId);
    const picture = await takePicture(deps, tx, cycle, await deps.clock.now(tx));
    const way = findWay(picture, 'advance', query.to);
    if (way === null || way.verdict === null) {
      throw new DomainError('gate.none', { stage: cycle.stage, status: cycle.status, to: query.to });
    }
    const { rulebook, context, waivers } = picture;
    return {
      cycleId: cycle.id,
      version: cycle.version,
      to: way.event.to,
      verdict: way.verdict,
      rulebook,
      question: { rulebook, gate: way.verdict.gate, context, waivers },
    };
  });
}
