import { readFileSync } from 'node:fs';
import { factCatalogueSchema, type FactCatalogue } from '../../../src/core/facts/fact-catalogue.js';
import { compileWorkflow } from '../../../src/core/machines/compile-workflow.js';
import type { CycleSnapshot } from '../../../src/core/machines/cycle-snapshot.js';
import type { WorkflowSurroundings } from '../../../src/core/machines/judge-workflow.js';
import { workflowSchema } from '../../../src/core/machines/workflow-schema.js';

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

/** The shipped workflow as it is in the file, a new copy at each call. */
export function regionCycleFile(): unknown {
  return readJson('workflows/region-cycle/1.json');
}

export const regionCycle = compileWorkflow(workflowSchema.parse(regionCycleFile()), 'a'.repeat(64));

export const factCatalogue: FactCatalogue = new Map(
  factCatalogueSchema.parse(readJson('rules/facts/1.json')).facts.map((fact) => [fact.name, fact]),
);

/** All that the shipped workflow may name, written down here so that a test does not agree with itself. */
export const surroundings: WorkflowSurroundings = {
  gates: new Set([
    'agenda_setting.exit',
    'strategy_development.exit',
    'implementation.exit',
    'review.to_implementation',
    'review.to_strategy_development',
    'review.to_agenda_setting',
    'review.close',
  ]),
  facts: factCatalogue,
  templates: new Set([
    'stage.entered',
    'cycle.suspended',
    'cycle.resumed',
    'cycle.withdrawn',
    'cycle.closed',
    'cycle.sent-back',
  ]),
};

/** A snapshot of the given state: `draft`, `review` or `review (suspended)`. */
export function at(position: string, number = 1): CycleSnapshot {
  const [state = '', part] = position.split(' ');
  const kind = regionCycle.states.get(state)?.kind;
  return {
    value: kind === 'stage' ? { [state]: part === undefined ? 'active' : 'suspended' } : state,
    context: { number },
    status: kind === 'final' ? 'done' : 'active',
  };
}

/** The other way: how a snapshot is written in these tests. */
export function positionOf({ value }: CycleSnapshot): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([state, part]) => (part === 'active' ? state : `${state} (suspended)`))
    .join();
}
