import { judgeInputs } from '../../core/gates/judge-inputs.js';
import type { Verdict } from '../../core/gates/verdict.js';
import type { DecisionRow } from '../../store/decision-store.js';
import { addIncident, listOpenIncidents } from '../../store/incident-store.js';
import { addShadowVerdict } from '../../store/shadow-store.js';
import type { Tx } from '../../store/tx.js';
import { storedInputs } from '../decisions/stored-inputs.js';
import type { EngineDeps } from '../engine-deps.js';

const KIND = 'shadow.failed';

/**
 * Asks every rulebook that is tried out what it would have said of a decision, in the decision's transaction. It
 * can write nothing but what they said: whatever fails here is undone to the savepoint and becomes an incident
 * (one at a time), and the decision stands.
 */
export async function shadowDecision(deps: EngineDeps, tx: Tx, decision: DecisionRow): Promise<void> {
  if (deps.shadows === undefined) return;
  // What the decision itself has written must not be among that which a failure undoes.
  await tx.flush();
  await tx.execute('savepoint shadow');
  try {
    const shadows = await deps.shadows(tx, decision.rulebookId);
    const inputs = storedInputs(deps, decision);
    for (const { draftId, rulebook } of shadows) {
      const verdict: Verdict | null = judgeInputs(rulebook, inputs);
      await addShadowVerdict(tx, {
        draftId,
        decisionId: decision.id,
        rulebookHash: rulebook.hash,
        at: decision.at,
        verdictWord: verdict?.verdict ?? null,
        verdict,
        diverges: verdict?.verdict !== decision.verdictWord,
      });
    }
    await tx.execute('release savepoint shadow');
  } catch (error) {
    await tx.execute('rollback to savepoint shadow');
    await raise(deps, tx, decision, error);
  }
}

async function raise(deps: EngineDeps, tx: Tx, decision: DecisionRow, error: unknown): Promise<void> {
  if ((await listOpenIncidents(tx, { kind: KIND, cycleId: null })).length > 0) return;
  addIncident(tx, {
    id: deps.newId(),
    kind: KIND,
    cycleId: null,
    details: { decision: decision.id, gate: decision.gate, reason: String(error) },
    raisedAt: decision.at,
  });
}
