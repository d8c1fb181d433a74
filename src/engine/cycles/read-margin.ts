import { gateHorizon, type GateHorizon } from '../../core/gates/gate-horizon.js';
import { gateMargin, type GateMargin } from '../../core/gates/gate-margin.js';
import type { EngineDeps } from '../engine-deps.js';
import { askGate, type AskedGate, type GateQuery } from './ask-gate.js';

/** How far the next gate of a cycle is from turning, by a fact or by the passing of time. */
export interface GateOutlook extends Pick<AskedGate, 'cycleId' | 'version' | 'to' | 'rulebook'> {
  readonly margin: GateMargin;
  readonly horizon: GateHorizon;
}

/** How safe an open gate is, and how near a shut one. Errors: see `askGate`. */
export async function readMargin(deps: EngineDeps, query: GateQuery): Promise<GateOutlook> {
  const { cycleId, version, to, rulebook, question } = await askGate(deps, query);
  return { cycleId, version, to, rulebook, margin: gateMargin(question), horizon: gateHorizon(question) };
}
