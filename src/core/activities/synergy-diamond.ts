import { z } from 'zod';
import { proximityOf, themesOf, type ThemedRegion, type ThemeRelations } from './theme-relations.js';

/** From which proximity on two themes are called related: data, a proposal. */
export const diamondParametersSchema = z.strictObject({
  /** 0 to 1, as `proximityOf` counts it. */
  proximityMin: z.number().gt(0).max(1),
  source: z.string().min(1),
});

export type DiamondParameters = Readonly<z.infer<typeof diamondParametersSchema>>;

/** A region of the group that carries the theme, and by which of its priorities. */
export interface ThemeCarrier {
  readonly region: string;
  readonly through: readonly string[];
}

/** A region that does not carry the theme itself, but one that is close to it: it can use what the carriers bring. */
export interface ThemeTaker {
  readonly region: string;
  /** Its closest theme. */
  readonly through: string;
  /** 0 to 1. */
  readonly proximity: number;
}

/** What a theme means to a group of regions. */
export interface DiamondTheme {
  readonly theme: string;
  /**
   * `similar`: two or more carry it, they can add up to a mass. `complementary`: one carries it and others carry a
   * related theme, they can combine. `apart`: one carries it and nothing of the others is close.
   */
  readonly kind: 'similar' | 'complementary' | 'apart';
  /** The reason for `similar`. In the order of the group. */
  readonly carriers: readonly ThemeCarrier[];
  /** The reason for `complementary`; regions may be here under `similar` too. In the order of the group. */
  readonly takers: readonly ThemeTaker[];
}

export interface SynergyDiamond {
  readonly regions: readonly string[];
  /** Every theme of the group: the similar ones, the complementary ones, the rest; each kind by name. */
  readonly themes: readonly DiamondTheme[];
}

const KINDS = ['similar', 'complementary', 'apart'] as const;

/**
 * Lays the strategies of two or more regions side by side: in which themes they are similar, in which they complete one
 * another, and why.
 *
 * The tool is the project's (https://infosquare.center/de/007-1); its axes were not found, so these are a proposal.
 */
export function synergyDiamond(
  group: readonly ThemedRegion[],
  relations: ThemeRelations,
  parameters: DiamondParameters,
): SynergyDiamond {
  const themes = [...new Set(group.flatMap(themesOf))].toSorted();
  const placed = themes.map((theme) => placeTheme(theme, group, relations, parameters));
  return {
    regions: group.map(({ region }) => region),
    themes: KINDS.flatMap((kind) => placed.filter((theme) => theme.kind === kind)),
  };
}

/** The diamonds of all pairs that have something in common or complete one another, in the order of the regions. */
export function pairDiamonds(
  regions: readonly ThemedRegion[],
  relations: ThemeRelations,
  parameters: DiamondParameters,
): readonly SynergyDiamond[] {
  return regions
    .flatMap((one, index) => regions.slice(index + 1).map((other) => [one, other]))
    .map((pair) => synergyDiamond(pair, relations, parameters))
    .filter(({ themes }) => themes.some(({ kind }) => kind !== 'apart'));
}

function placeTheme(
  theme: string,
  group: readonly ThemedRegion[],
  relations: ThemeRelations,
  { proximityMin }: DiamondParameters,
): DiamondTheme {
  const carriers: ThemeCarrier[] = [];
  const takers: ThemeTaker[] = [];
  for (const member of group) {
    const through = member.origins.filter(({ themes }) => themes.includes(theme)).map(({ title }) => title);
    if (through.length > 0) {
      carriers.push({ region: member.region, through });
      continue;
    }
    const closest = closestTheme(theme, themesOf(member), relations);
    if (closest !== null && closest.proximity >= proximityMin) {
      takers.push({ region: member.region, ...closest });
    }
  }
  const kind = carriers.length > 1 ? 'similar' : takers.length > 0 ? 'complementary' : 'apart';
  return { theme, kind, carriers, takers };
}

/** Of the themes at hand the one closest to `theme`; of equals the first by name; null where there is none. */
function closestTheme(
  theme: string,
  among: readonly string[],
  relations: ThemeRelations,
): Omit<ThemeTaker, 'region'> | null {
  let closest: Omit<ThemeTaker, 'region'> | null = null;
  for (const through of among) {
    const relation = relations.between(theme, through);
    if (relation === null) continue;
    const proximity = proximityOf(relation);
    if (closest === null || proximity > closest.proximity) closest = { through, proximity };
  }
  return closest;
}
