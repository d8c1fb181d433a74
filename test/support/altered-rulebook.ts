import { readFileSync } from 'node:fs';
import { makeCatalog, type Catalog } from '../../src/catalog/catalog.js';
import { compileRulebook } from '../../src/core/gates/compile-rulebook.js';
import type { Rulebook } from '../../src/core/gates/rulebook.js';
import { PATHS, shippedDefinitions } from './engine.js';

interface Json {
  version: number;
  factCatalogue: { id: string; version: number };
  gates: Record<string, { rules: string[] }>;
  rules: { id: string; parameters: Record<string, { value?: unknown }> }[];
  testCases: unknown[];
}

/** The shipped rulebook as version 2 with other content. */
export function alteredRulebook(change: (json: Json) => void): Rulebook {
  const json = JSON.parse(readFileSync(`${PATHS.rules}/region-cycle/1.json`, 'utf8')) as Json;
  json.version = 2;
  json.testCases = [];
  change(json);
  const { catalog } = shippedDefinitions();
  const result = compileRulebook(
    json,
    catalog.factCatalogue(json.factCatalogue),
    `altered-${JSON.stringify(json).length}`,
  );
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.rulebook;
}

/** The shipped rulebook with another value of one parameter. */
export function withParameter(rule: string, parameter: string, value: number): Rulebook {
  return alteredRulebook(({ rules }) => {
    const found = rules.find(({ id }) => id === rule)?.parameters[parameter];
    if (found?.value === undefined) throw new Error(`${rule} has no plain parameter ${parameter}`);
    found.value = value;
  });
}

/** The shipped catalog with one more rulebook. */
export function catalogWith(rulebook: Rulebook): Catalog {
  const { catalog } = shippedDefinitions();
  return makeCatalog({
    workflows: catalog.workflows,
    rulebooks: [...catalog.rulebooks, rulebook],
    factCatalogues: catalog.factCatalogues,
    calendars: catalog.calendars,
    ladders: catalog.ladders,
    activities: catalog.activityParameters(),
  });
}
