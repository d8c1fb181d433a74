import type { EngineDeps } from '../engine-deps.js';
import { askGate, type AskedGate, type GateQuery } from './ask-gate.js';

/** What an advance would answer now, and the rulebook whose labels explain it. */
export type GateExplanation = Omit<AskedGate, 'question'>;

/** Explains why a cycle can or cannot move. Errors: see `askGate`. */
export async function explainGate(deps: EngineDeps, query: GateQuery): Promise<GateExplanation> {
  const { question: _question, ...explanation } = await askGate(deps, query);
  return explanation;
}
