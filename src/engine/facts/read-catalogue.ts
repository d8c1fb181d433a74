import type { FactDefinition } from '../../core/facts/fact-catalogue.js';
import type { EngineDeps } from '../engine-deps.js';

/** Every fact of the newest catalogue, in its order. */
export function readCatalogue(deps: EngineDeps): readonly FactDefinition[] {
  return [...(deps.catalog.factCatalogues.at(-1)?.facts.values() ?? [])];
}
