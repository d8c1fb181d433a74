import { contextOf, type DecisionInputs } from './decision-inputs.js';
import { evaluateGate } from './evaluate-gate.js';
import type { Rulebook } from './rulebook.js';
import type { Verdict } from './verdict.js';

/** What a rulebook says of given inputs; null if it has no such gate. Pure. */
export function judgeInputs(rulebook: Rulebook, inputs: DecisionInputs): Verdict | null {
  if (!rulebook.gates.has(inputs.gate)) return null;
  const { gate, waivers } = inputs;
  return evaluateGate({ rulebook, gate, context: contextOf(rulebook.catalogue, inputs), waivers });
}
