import type { Origin } from './transformative-activity.js';
import type { MassRegion } from './critical-mass.js';

/** A region with what its strategy turns to. */
export interface ThemedRegion extends MassRegion {
  /** Its priorities, and the clusters that stand for them where none were found. */
  readonly origins: readonly Origin[];
}

/** How close two themes are: of the regions that carry the more common one, how many carry both. */
export interface ThemeRelation {
  readonly themes: readonly [string, string];
  /** Regions that carry both. */
  readonly together: number;
  /** Regions that carry the more common one. */
  readonly common: number;
}

/** The themes of a region, ascending, each once. */
export function themesOf({ origins }: Pick<ThemedRegion, 'origins'>): readonly string[] {
  return [...new Set(origins.flatMap(({ themes }) => themes))].toSorted();
}

/**
 * Which themes go together, read from the regions themselves: two themes that the same regions carry draw on the same
 * capacities. Between 0 and 1; the smaller of the two conditional shares, so that a theme of one region alone is close
 * to nothing.
 *
 * The measure is the proximity of the product space (Hidalgo and others, Science 317, 2007, doi 10.1126/science.1144581),
 * on strategies instead of exports: a proposal.
 */
export class ThemeRelations {
  readonly #carriers = new Map<string, Set<string>>();

  constructor(regions: readonly ThemedRegion[]) {
    for (const region of regions) {
      for (const theme of themesOf(region)) {
        const carriers = this.#carriers.get(theme) ?? new Set();
        this.#carriers.set(theme, carriers.add(region.region));
      }
    }
  }

  /** Every theme that a region carries, ascending. */
  get themes(): readonly string[] {
    return [...this.#carriers.keys()].toSorted();
  }

  /** Null where a theme is carried by nobody, or the two are the same: there is nothing to relate. */
  between(one: string, other: string): ThemeRelation | null {
    const ones = this.#carriers.get(one);
    const others = this.#carriers.get(other);
    if (ones === undefined || others === undefined || one === other) return null;
    const together = ones.intersection(others).size;
    return { themes: [one, other], together, common: Math.max(ones.size, others.size) };
  }
}

/** The proximity as a share, 0 to 1. */
export function proximityOf({ together, common }: ThemeRelation): number {
  return together / common;
}
