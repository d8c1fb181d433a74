import { z } from 'zod';
import { criticalMass, criticalMassParametersSchema, type CriticalMass } from './critical-mass.js';
import { diamondParametersSchema, synergyDiamond, type SynergyDiamond } from './synergy-diamond.js';
import { proximityOf, themesOf, ThemeRelations, type ThemedRegion } from './theme-relations.js';
import type { TransformativeActivity } from './transformative-activity.js';

export const matchingParametersSchema = z.strictObject({
  criticalMass: criticalMassParametersSchema,
  diamond: diamondParametersSchema,
});

export type MatchingParameters = Readonly<z.infer<typeof matchingParametersSchema>>;

/** A theme that some regions bring into a candidate and others of it can use: what makes them more than many. */
export interface Complement {
  readonly theme: string;
  readonly broughtBy: readonly string[];
  readonly takenBy: readonly string[];
}

/** A theme that several regions may take up together, before anybody has rated it. */
export interface ActivityCandidate {
  readonly theme: string;
  /** In the order of the scheme. */
  readonly regions: readonly string[];
  /** Ascending. */
  readonly countries: readonly string[];
  readonly origins: TransformativeActivity['origins'];
  readonly criticalMass: CriticalMass;
  /** By name of the theme. */
  readonly complements: readonly Complement[];
  readonly diamond: SynergyDiamond;
}

const VERDICTS = ['reached', 'unknown', 'missed'] as const;

/**
 * Proposes one candidate per theme from what the regions' strategies say: who shares it, whether that is critical mass,
 * and what else the same regions could bring to it.
 *
 * Order: critical mass reached, then those where it is not known, then missed; among them more regions, more countries,
 * more complements, and at last the name, so the same strategies always give the same list.
 *
 * @param regions each once
 */
export function proposeActivities(
  regions: readonly ThemedRegion[],
  parameters: MatchingParameters,
): readonly ActivityCandidate[] {
  const relations = new ThemeRelations(regions);
  return relations.themes
    .map((theme) => candidateFor(theme, regions, relations, parameters))
    .toSorted(byPromise);
}

function candidateFor(
  theme: string,
  regions: readonly ThemedRegion[],
  relations: ThemeRelations,
  parameters: MatchingParameters,
): ActivityCandidate {
  const group = regions.filter((region) => themesOf(region).includes(theme));
  const diamond = synergyDiamond(group, relations, parameters.diamond);
  return {
    theme,
    regions: group.map(({ region }) => region),
    countries: [...new Set(group.map(({ country }) => country))].toSorted(),
    origins: group.flatMap(({ region, origins }) =>
      origins.filter(({ themes }) => themes.includes(theme)).map((origin) => ({ region, origin })),
    ),
    criticalMass: criticalMass(group, parameters.criticalMass),
    complements: complementsOf(theme, diamond, relations, parameters),
    diamond,
  };
}

/** Themes close to the candidate's own that some of its regions have and others lack. */
function complementsOf(
  theme: string,
  diamond: SynergyDiamond,
  relations: ThemeRelations,
  { diamond: { proximityMin } }: MatchingParameters,
): readonly Complement[] {
  return diamond.themes
    .filter((other) => {
      const relation = relations.between(theme, other.theme);
      return relation !== null && proximityOf(relation) >= proximityMin;
    })
    .map((other) => {
      const broughtBy = other.carriers.map(({ region }) => region);
      // Whoever is in the group carries the candidate's theme, which is close to this one: all others can use it.
      const takenBy = diamond.regions.filter((region) => !broughtBy.includes(region));
      return { theme: other.theme, broughtBy, takenBy };
    })
    .filter(({ takenBy }) => takenBy.length > 0)
    .toSorted((one, other) => (one.theme < other.theme ? -1 : 1));
}

function byPromise(one: ActivityCandidate, other: ActivityCandidate): number {
  return (
    VERDICTS.indexOf(one.criticalMass.verdict) - VERDICTS.indexOf(other.criticalMass.verdict) ||
    other.regions.length - one.regions.length ||
    other.countries.length - one.countries.length ||
    other.complements.length - one.complements.length ||
    (one.theme < other.theme ? -1 : 1)
  );
}
