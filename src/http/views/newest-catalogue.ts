import type { FactCatalogue } from '../../core/facts/fact-catalogue.js';
import type { EngineDeps } from '../../engine/engine-deps.js';

/** The newest version of the fact catalogue: where only names are translated, it knows them all. */
export function newestCatalogue({ catalog }: EngineDeps): FactCatalogue {
  return catalog.factCatalogues.at(-1)?.facts ?? new Map();
}
