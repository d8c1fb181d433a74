import { z } from 'zod';
import { PART_STATES } from '../../core/activities/activity-facts.js';
import { SCORE_MAX, SCORE_MIN, themeSchema } from '../../core/activities/transformative-activity.js';
import { scopeKeySchema } from '../../core/sync/sync-scope.js';
import { cycleSchema } from './cycle.js';
import { nutsCodeSchema, schemeIdSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { instantAnswerSchema, labelsAnswerSchema, nameSchema, noteSchema } from './texts.js';

const PROJECTS_MAX = 200;
const REGIONS_MAX = 500;
const MERGED_MAX = 50;
const URL_LENGTH_MAX = 2_000;
/** Of a group that a diamond is drawn for. */
const GROUP_MIN = 2;

export const activityKeySchema = scopeKeySchema.meta({ examples: ['ENERGY'] });

const themeIdSchema = themeSchema.max(100).meta({ examples: ['energy_environment'] });
/** In all five languages, as everything that Cordata names. */
const namesSchema = z
  .strictObject({ de: nameSchema, fr: nameSchema, it: nameSchema, sl: nameSchema, en: nameSchema })
  .meta({ id: 'Names' });

const linkedProjectsSchema = z
  .array(
    z.strictObject({
      title: nameSchema,
      url: z
        .url({ protocol: /^https?$/ })
        .max(URL_LENGTH_MAX)
        .nullable()
        .default(null),
    }),
  )
  .max(PROJECTS_MAX)
  .refine((list) => new Set(list.map(({ title }) => title)).size === list.length, {
    params: { code: 'activity.twice' },
    error: 'a project is in this list twice',
  });

const driverSchema = z
  .strictObject({ cluster: nameSchema, region: nutsCodeSchema })
  .nullable()
  .meta({ description: 'The cluster initiative that carries it; null: nobody yet' });

const regionsSchema = z.array(nutsCodeSchema).min(1).max(REGIONS_MAX);

export const activityOfSchemeQuerySchema = z.strictObject({
  scheme: schemeIdSchema.optional().meta({ description: 'Needed where several schemes have this key' }),
});

export const activityQuerySchema = z.strictObject({
  ...pageQueryShape,
  scheme: schemeIdSchema.optional(),
  region: nutsCodeSchema.optional(),
});

export const activityProposalSchema = z
  .strictObject({
    scheme: schemeIdSchema,
    key: activityKeySchema,
    theme: themeIdSchema,
    name: namesSchema.optional().meta({ description: 'Absent: what the theme is called' }),
    regions: regionsSchema
      .optional()
      .meta({ description: 'Absent: those of the candidate of this theme, see activity-candidates' }),
    lead: nutsCodeSchema
      .optional()
      .meta({ description: 'By its calendar the activity runs; absent: the first of the regions' }),
    linkedProjects: linkedProjectsSchema.default([]),
    driver: driverSchema.default(null),
    note: noteSchema.optional(),
  })
  .meta({
    id: 'ActivityProposal',
    examples: [{ scheme: 's3-4alpclusters', key: 'ENERGY', theme: 'energy_environment' }],
  });

export const activityPatchSchema = z
  .strictObject({
    name: namesSchema.optional(),
    linkedProjects: linkedProjectsSchema.optional().meta({ description: 'The whole list' }),
    driver: driverSchema.optional(),
    ask: regionsSchema.optional().meta({ description: 'Regions to ask as well' }),
    note: noteSchema.optional(),
  })
  .meta({ id: 'ActivityPatch' });

export const partRequestSchema = z
  .strictObject({ note: noteSchema.optional() })
  .meta({ id: 'ActivityPartRequest' })
  .optional();

export const mergeRequestSchema = z
  .strictObject({
    merged: z.array(activityKeySchema).min(1).max(MERGED_MAX),
    note: noteSchema.optional(),
  })
  .meta({ id: 'ActivityMerger' });

const scoreSchema = z.int().min(SCORE_MIN).max(SCORE_MAX).nullable();

export const scoresRequestSchema = z
  .strictObject({
    capacity: scoreSchema.optional(),
    opportunity: scoreSchema.optional(),
    relatedness: scoreSchema.optional(),
    note: noteSchema.optional(),
  })
  .meta({ id: 'ActivityScores' });

const massSchema = z
  .strictObject({
    verdict: z.enum(['reached', 'missed', 'unknown']),
    regions: z.int(),
    countries: z.int(),
    regionsNeeded: z.int().nullable().meta({ description: 'Null: depends on a class that is not known' }),
    countriesNeeded: z.int(),
    classless: z.array(z.string()),
  })
  .meta({ id: 'CriticalMass' });

const originSchema = z.strictObject({
  region: z.string(),
  kind: z.enum(['priority', 'cluster']),
  title: z.string(),
  themes: z.array(z.string()),
});

export const activitySchema = z
  .strictObject({
    scheme: z.string(),
    key: z.string(),
    version: z.int(),
    labels: labelsAnswerSchema,
    theme: z.string(),
    cycleId: z.string().meta({ description: 'Its moves, gate, facts and history are those of this cycle' }),
    cycle: cycleSchema,
    lead: z.string().meta({ description: 'NUTS code' }),
    regions: z.array(
      z.strictObject({
        region: z.string(),
        label: z.string(),
        country: z.string(),
        state: z.enum(PART_STATES),
        since: instantAnswerSchema,
      }),
    ),
    scores: z.strictObject({
      capacity: z.int().nullable(),
      opportunity: z.int().nullable(),
      relatedness: z.int().nullable(),
    }),
    rating: z.strictObject({
      verdict: z.enum(['pass', 'fail', 'unknown']),
      mean: z.number().nullable(),
      objections: z.array(z.record(z.string(), z.unknown())),
    }),
    criticalMass: z.strictObject({
      asked: massSchema.meta({ description: 'With the regions that have not answered yet' }),
      confirmed: massSchema,
    }),
    linkedProjects: z.array(z.strictObject({ title: z.string(), url: z.string().nullable() })),
    driver: z.strictObject({ cluster: z.string(), region: z.string() }).nullable(),
    origins: z.array(originSchema),
    mergedInto: z.string().nullable(),
    proposedAt: instantAnswerSchema,
    changedAt: instantAnswerSchema,
  })
  .meta({ id: 'Activity' });

export const activityPageSchema = pageSchema('ActivityPage', activitySchema);

const carrierSchema = z.strictObject({ region: z.string(), through: z.array(z.string()) });

const diamondSchema = z
  .strictObject({
    regions: z.array(z.string()),
    themes: z.array(
      z.strictObject({
        theme: z.string(),
        label: z.string(),
        kind: z.enum(['similar', 'complementary', 'apart']),
        carriers: z.array(carrierSchema),
        takers: z.array(z.strictObject({ region: z.string(), through: z.string(), proximity: z.number() })),
      }),
    ),
  })
  .meta({ id: 'SynergyDiamond' });

export const diamondsQuerySchema = z.strictObject({
  regions: z
    .string()
    .max(2_000)
    .transform((text) => text.split(','))
    .pipe(z.array(nutsCodeSchema).min(GROUP_MIN))
    .optional()
    .meta({ description: 'NUTS codes joined by commas: the diamond of this group; absent: of all pairs' }),
});

export const diamondsSchema = z
  .strictObject({ scheme: z.string(), diamonds: z.array(diamondSchema) })
  .meta({ id: 'SynergyDiamonds' });

export const candidatesSchema = z
  .strictObject({
    scheme: z.string(),
    candidates: z.array(
      z.strictObject({
        theme: z.string(),
        label: z.string(),
        regions: z.array(z.string()),
        countries: z.array(z.string()),
        criticalMass: massSchema,
        complements: z.array(
          z.strictObject({
            theme: z.string(),
            label: z.string(),
            broughtBy: z.array(z.string()),
            takenBy: z.array(z.string()),
          }),
        ),
        origins: z.array(originSchema),
        diamond: diamondSchema,
        activities: z.array(z.string()).meta({ description: 'Keys of the living activities of this theme' }),
      }),
    ),
  })
  .meta({ id: 'ActivityCandidates' });
