import { z } from 'zod';

/** The scale of the three scores: 1 weak, 5 strong. A proposal; the method names the scores, not their scale. */
export const SCORE_MIN = 1;
export const SCORE_MAX = 5;

const TITLE_LENGTH_MAX = 300;
/** Limits of the lists of one activity. */
const REGIONS_MAX = 500;
const PROJECTS_MAX = 200;

/** What an activity and a strategy are about: a field of the economy in the scheme's own list, e.g. `agrifood`. */
export const themeSchema = z.string().regex(/^[a-z]+(_[a-z]+)*$/);

const regionSchema = z.string().min(1);
const titleSchema = z.string().trim().min(1).max(TITLE_LENGTH_MAX);

function isEachOnce(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

const EACH_ONCE = { params: { code: 'activity.twice' }, error: 'something is in this list twice' };

/** Null: nobody has rated it yet. */
const scoreSchema = z.int().min(SCORE_MIN).max(SCORE_MAX).nullable();

/** Where a region's interest comes from: a priority of its strategy, or a cluster where no strategy was found. */
export const originSchema = z.strictObject({
  kind: z.enum(['priority', 'cluster']),
  title: titleSchema,
  themes: z.array(themeSchema),
});

/**
 * A transformative activity: related capacities and actions of several actors, combined across what exists, aimed at a
 * change of structure; neither one project nor a whole sector.
 *
 * Source: https://arodes.hes-so.ch/record/2759 (the notion and its three scores); the shape is a proposal. Countries are
 * not written down: they follow from the regions, and a second list could contradict the first.
 */
export const transformativeActivitySchema = z.strictObject({
  title: titleSchema,
  theme: themeSchema,
  /** What the actors can do already. */
  capacity: scoreSchema,
  /** What the market, science or society would take up. */
  opportunity: scoreSchema,
  /** How closely its projects belong together. */
  relatedness: scoreSchema,
  /** Codes of the regions that take part, each once. */
  regions: z.array(regionSchema).min(1).max(REGIONS_MAX).refine(isEachOnce, EACH_ONCE),
  /** Names or references, each once; they make it more than one project. */
  linkedProjects: z.array(titleSchema).max(PROJECTS_MAX).refine(isEachOnce, EACH_ONCE),
  /** The cluster initiative that carries it; null: not found yet. */
  driver: z.strictObject({ cluster: titleSchema, region: regionSchema }).nullable(),
  /** By region, which of its priorities it comes from. */
  origins: z.array(z.strictObject({ region: regionSchema, origin: originSchema })),
});

export type TransformativeActivity = Readonly<z.infer<typeof transformativeActivitySchema>>;
export type Origin = Readonly<z.infer<typeof originSchema>>;
