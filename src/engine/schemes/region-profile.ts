import type { RegionDefinition } from '../../core/sync/scheme-definition.js';

/** What of a region's definition is kept for the reader and for the search for activities; no rule reads it. */
export function profileOf({ name, strategy, sources, origins = [] }: RegionDefinition): {
  readonly name: string;
  readonly strategy: RegionDefinition['strategy'];
  readonly sources: readonly string[];
  readonly origins: NonNullable<RegionDefinition['origins']>;
} {
  return { name, strategy, sources, origins };
}
