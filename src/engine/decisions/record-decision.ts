import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { addDecision, type DecisionRow } from '../../store/decision-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { Way } from '../cycles/find-way.js';
import type { EngineDeps } from '../engine-deps.js';
import { shadowDecision } from '../rules/shadow-decision.js';

/** A gate that has been decided on, and the entry of the log that says so. */
export interface DecidedGate {
  readonly id: string;
  readonly sequence: number;
  readonly picture: CyclePicture;
  readonly way: Way;
  readonly outcome: DecisionRow['outcome'];
}

/**
 * Keeps a decision with everything that it rests on, so that it can be explained, and worked out again with the same
 * result, whatever happens to facts, rules and clock. All facts are kept, not only those that the gate's rules have
 * looked at: other rules may be asked about this decision later.
 */
export async function recordDecision(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  { id, sequence, picture, way, outcome }: DecidedGate,
): Promise<void> {
  const { cycle, context, workflow, rulebook } = picture;
  if (way.verdict === null) throw new DomainError('gate.none', { to: way.event.to });
  const decision: DecisionRow = {
    id,
    sequence,
    outcome,
    cycleId: cycle.id,
    scheme: cycle.scheme,
    region: cycle.region,
    // The row of a cycle that has moved tells of its new state; the picture of the one that was decided on.
    cycleNumber: picture.snapshot.context.number,
    at: picture.now,
    today: picture.today,
    actorId: actor.id,
    actorName: actor.name,
    actorRole: actor.role,
    event: way.event.type,
    gate: way.verdict.gate,
    target: way.event.to,
    verdictWord: way.verdict.verdict,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
    workflowHash: workflow.hash,
    rulebookId: rulebook.id,
    rulebookVersion: rulebook.version,
    rulebookHash: rulebook.hash,
    calendar: context.calendar.id,
    neighbourCalendars: context.neighbourCalendars.map((calendar) => calendar.id),
    verdict: way.verdict,
    facts: picture.known,
    stale: [...context.stale],
    waivers: picture.waivers.map(({ id: waiver, rule, reason, grantedBy, secondedBy, endsOn }) => ({
      id: waiver,
      rule,
      reason,
      grantedBy,
      secondedBy,
      endsOn,
    })),
  };
  await addDecision(tx, decision);
  await shadowDecision(deps, tx, decision);
}
