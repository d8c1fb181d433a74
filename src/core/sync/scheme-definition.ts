import { z } from 'zod';
import { DATE_PRECISIONS } from '../calendar/date-span.js';
import { isZone } from '../calendar/zone.js';
import { definitionRefSchema } from '../terms/definition-ref.js';
import { labelsSchema, languageSchema } from '../terms/language.js';
import { nutsSchema } from './barrier-rule.js';
import { selectMembers } from './select-members.js';
import { syncPointSchema, syncPointTemplateSchema } from './sync-point.js';

/** How many regions one scheme may have. */
const REGIONS_MAX = 10_000;

/** The region's own strategy at the beginning, for the reader; no rule reads it. Null: not found, and the note says so. */
const strategySchema = z.strictObject({
  title: z.string().min(1).nullable(),
  adopted: z.iso.date().nullable(),
  adoptedPrecision: z.enum(DATE_PRECISIONS).nullable(),
  adoptedNote: z.string().min(1),
  /** Number of priorities. */
  priorities: z.int().positive().nullable(),
  sources: z.array(z.url()),
});

/** What a region's strategy turns to; as `originSchema` of the activities has it. */
const themeTagSchema = z.string().regex(/^[a-z]+(_[a-z]+)*$/);
const ORIGIN_TITLE_LENGTH_MAX = 300;

const originSchema = z.strictObject({
  kind: z.enum(['priority', 'cluster']),
  title: z.string().trim().min(1).max(ORIGIN_TITLE_LENGTH_MAX),
  themes: z.array(themeTagSchema),
});

const regionSchema = z.strictObject({
  nuts: nutsSchema,
  /** As the region calls itself. */
  name: z.string().min(1),
  labels: labelsSchema,
  /** ISO 3166-1, two letters. */
  country: z.string().regex(/^[A-Z]{2}$/),
  /** Official languages, ISO 639; more than those that Cordata speaks. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
  /** The one in which its authority is written to. */
  language: languageSchema,
  zone: z
    .string()
    .refine(isZone, { params: { code: 'region.zone-unknown' }, error: 'not an IANA time zone' }),
  /** Id of a file in `config/calendars/`. */
  calendar: z.string().min(1),
  /** Null where no class is known: what depends on the class is unknown then. */
  class: z.enum(['advanced', 'convergence', 'less_advanced']).nullable(),
  classNote: z.string().min(1),
  /** NUTS codes of the members of the scheme that border on it. */
  neighbours: z.array(nutsSchema),
  strategy: strategySchema,
  /** The themes of its priorities, each once; from these activities are proposed. Absent: not known. */
  themeTags: z.array(themeTagSchema).optional(),
  /** Its priorities, or the clusters that stand for them where none were found. */
  origins: z.array(originSchema).optional(),
  originsNote: z.string().min(1).optional(),
  /** GDP per head in purchasing power, per cent of the EU's, 2014. */
  gdpPercentOfEu2014: z.number().positive().nullable(),
  sources: z.array(z.url()),
});

/** File format of `config/schemes/<id>.json`: the regions that advance in step, and by which definitions. */
export const schemeDefinitionSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    name: labelsSchema,
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    workflow: definitionRefSchema,
    rulebook: definitionRefSchema,
    regions: z.array(regionSchema).min(1).max(REGIONS_MAX),
    /** Where the neighbours, the classes and the codes come from. */
    neighboursNote: z.string().min(1).optional(),
    classesNote: z.string().min(1).optional(),
    codesNote: z.string().min(1).optional(),
    syncPoints: z.array(syncPointSchema),
    /** What every activity and every call of the scheme gets. */
    syncPointTemplates: z.array(syncPointTemplateSchema).default([]),
    source: z.string().min(1),
  })
  .transform(({ syncPoints, ...scheme }) => ({
    ...scheme,
    syncPoints: syncPoints.map((point) => ({
      ...point,
      members: selectMembers(point.members, scheme.regions),
    })),
  }));

export type SchemeDefinition = Readonly<z.infer<typeof schemeDefinitionSchema>>;
export type RegionDefinition = SchemeDefinition['regions'][number];
