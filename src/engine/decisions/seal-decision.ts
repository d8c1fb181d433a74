import { canonicalJson } from '../../core/terms/canonical-json.js';
import type { DecisionRow } from '../../store/decision-store.js';

/**
 * SHA-256 (lower-case hex) of all that a decision says. It stands in the entry of the log that names the decision, so
 * that a row changed behind the program's back does not fit its entry any more, whatever was changed: origin of a
 * fact, person and time included. Id, cycle and sequence are left out: the entry gives them.
 */
export async function sealDecision(
  decision: Omit<DecisionRow, 'id' | 'cycleId' | 'sequence'>,
): Promise<string> {
  const content = {
    scheme: decision.scheme,
    region: decision.region,
    cycleNumber: decision.cycleNumber,
    at: decision.at,
    today: decision.today,
    actor: [decision.actorId, decision.actorName, decision.actorRole],
    event: decision.event,
    gate: decision.gate,
    target: decision.target,
    outcome: decision.outcome,
    verdictWord: decision.verdictWord,
    workflow: [decision.workflowId, decision.workflowVersion, decision.workflowHash],
    rulebook: [decision.rulebookId, decision.rulebookVersion, decision.rulebookHash],
    calendars: [decision.calendar, decision.neighbourCalendars],
    verdict: decision.verdict,
    facts: decision.facts,
    stale: decision.stale,
    waivers: decision.waivers,
  };
  const bytes = new TextEncoder().encode(canonicalJson(content));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex();
}
