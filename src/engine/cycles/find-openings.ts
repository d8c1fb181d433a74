import { openingSets, type OpeningSets } from '../../core/gates/opening-sets.js';
import type { EngineDeps } from '../engine-deps.js';
import { askGate, type AskedGate, type GateQuery } from './ask-gate.js';

/** The smallest sets of changes that open the next gate of a cycle. */
export interface GateOpenings extends Pick<AskedGate, 'cycleId' | 'version' | 'to' | 'rulebook'> {
  readonly openings: OpeningSets;
}

/**
 * What would have to change so that a cycle can advance today: every smallest set of facts, who can change each, and
 * the nearest value that works. Errors: see `askGate`.
 */
export async function findOpenings(deps: EngineDeps, query: GateQuery): Promise<GateOpenings> {
  const { cycleId, version, to, rulebook, question } = await askGate(deps, query);
  return { cycleId, version, to, rulebook, openings: openingSets({ ...question, byAdministrator: true }) };
}
