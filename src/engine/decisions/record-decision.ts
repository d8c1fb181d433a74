import type { Actor } from '../../core/terms/actor.js';
import { DomainError } from '../../core/terms/domain-error.js';
import { addDecision, type DecisionRow } from '../../store/decision-store.js';
import { appendLog } from '../../store/log-store.js';
import type { Tx } from '../../store/tx.js';
import type { CyclePicture } from '../cycles/cycle-picture.js';
import type { Way } from '../cycles/find-way.js';
import type { EngineDeps } from '../engine-deps.js';
import { shadowDecision } from '../rules/shadow-decision.js';
import { sealDecision } from './seal-decision.js';

/** A gate that has been decided on. */
export interface DecidedGate {
  readonly picture: CyclePicture;
  readonly way: Way;
  readonly outcome: DecisionRow['outcome'];
  /** What the entry of the log says besides the decision: the wish, and the step if one was taken. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Writes a decision: the entry of the log, and beside it a row with everything that the decision rests on, so that it
 * can be explained, and worked out again with the same result, whatever happens to facts, rules and clock. The entry
 * names the row and has its seal. All facts are kept, not only those that the gate's rules have looked at: other rules
 * may be asked about this decision later.
 *
 * @returns the sequence of the entry
 * @throws DomainError `gate.none` for a way without a gate: there is no verdict to keep
 */
export async function recordDecision(
  deps: EngineDeps,
  tx: Tx,
  actor: Actor,
  decided: DecidedGate,
): Promise<number> {
  const { picture, outcome, details } = decided;
  const content = contentOf(actor, decided);
  const id = deps.newId();
  const sequence = await appendLog(tx, picture.cycle, {
    kind: outcome === 'moved' ? 'transition' : 'refusal',
    actor,
    at: picture.now,
    details: { ...details, decision: id, seal: await sealDecision(content) },
  });
  const decision = { ...content, id, sequence };
  await addDecision(tx, decision);
  await shadowDecision(deps, tx, decision);
  return sequence;
}

function contentOf(
  actor: Actor,
  { picture, way, outcome }: DecidedGate,
): Omit<DecisionRow, 'id' | 'sequence'> {
  const { cycle, context, workflow, rulebook } = picture;
  if (way.verdict === null) throw new DomainError('gate.none', { to: way.event.to });
  return {
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
}
