import { z } from 'zod';
import { RATE_PATTERN } from '../../core/calls/parse-rate.js';
import { eligibilityRulesSchema } from '../../core/calls/eligibility-rules.js';
import { CURRENCIES } from '../../core/calls/money.js';
import { callFrameSchema, regionFrameSchema } from './call-frame.js';
import { cycleSchema } from './cycle.js';
import { nutsCodeSchema, schemeIdSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { amountSchema, callKeySchema } from './proposal.js';
import {
  dateSchema,
  dayAnswerSchema,
  evidenceSchema,
  instantAnswerSchema,
  nameSchema,
  noteSchema,
} from './texts.js';

const REGIONS_MAX = 60;
const ACTIVITIES_MAX = 50;
const RATES_MAX = 4;
const URL_LENGTH_MAX = 2_000;
const ZONE_LENGTH_MAX = 60;
const SCORE_MAX = 100;
const WEIGHT_MAX = 1_000;

export const callQuerySchema = z.strictObject({ ...pageQueryShape, scheme: schemeIdSchema.optional() });

const zoneSchema = z
  .string()
  .min(1)
  .max(ZONE_LENGTH_MAX)
  .meta({ examples: ['Europe/Vienna'], description: 'IANA name; never CET, which summer time is not' });

const timeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm, 24 hours')
  .meta({ examples: ['13:00'] });

const momentSchema = z.strictObject({ on: dateSchema, time: timeSchema });
const potSchema = z.enum(['virtual', 'real', 'mixed']);
const currencySchema = z.enum(CURRENCIES);

const perCriterion = (score: z.ZodNumber) =>
  z.strictObject({ excellence: score, impact: score, implementation: score });

const scoringSchema = z
  .strictObject({
    scale: z.strictObject({
      least: z.number().min(0).max(SCORE_MAX),
      most: z.number().min(0).max(SCORE_MAX),
    }),
    weights: perCriterion(z.number().min(0).max(WEIGHT_MAX)),
    thresholds: z.strictObject({
      criteria: perCriterion(z.number().min(0).max(SCORE_MAX)).nullable(),
      total: z.number().min(0).max(SCORE_MAX).nullable(),
    }),
  })
  .meta({ id: 'CallScoring' });

const rateSchema = z
  .strictObject({
    from: currencySchema,
    to: currencySchema,
    rate: z
      .string()
      .regex(RATE_PATTERN, 'a positive decimal')
      .meta({ examples: ['0.8842'] }),
    on: dateSchema,
  })
  .meta({ id: 'CallRate', description: 'What one unit of `from` was worth in `to` on that day' });

export const newCallSchema = z
  .strictObject({
    scheme: schemeIdSchema,
    key: callKeySchema,
    title: nameSchema,
    theme: noteSchema.min(1),
    activities: z
      .array(callKeySchema)
      .max(ACTIVITIES_MAX)
      .default([])
      .meta({ description: 'Keys of transformative activities' }),
    regions: z.array(nutsCodeSchema).min(1).max(REGIONS_MAX),
    pot: potSchema,
    lead: nutsCodeSchema
      .optional()
      .meta({ description: 'By its calendar the call runs; absent: the first of the regions' }),
    zone: zoneSchema.optional().meta({ description: 'Absent: that of the region that leads' }),
    note: noteSchema.optional(),
  })
  .meta({
    id: 'NewCall',
    examples: [
      {
        scheme: 's3-4alpclusters',
        key: 'IRASME-23',
        title: 'IraSME, 23rd call',
        theme: 'Energy and environment',
        regions: ['AT31', 'DE1', 'SI0'],
        pot: 'virtual',
      },
    ],
  });

export const callPatchSchema = z
  .strictObject({
    title: nameSchema.optional(),
    theme: noteSchema.min(1).optional(),
    zone: zoneSchema.optional(),
    textFinalOn: dateSchema.nullable().optional(),
    opens: momentSchema.nullable().optional(),
    closes: momentSchema.nullable().optional(),
    rankingOn: dateSchema.nullable().optional(),
    startOn: dateSchema.nullable().optional(),
    scoring: scoringSchema.optional(),
    funding: z.enum(['stop', 'skip']).optional(),
    eligibility: eligibilityRulesSchema.optional(),
    rates: z.array(rateSchema).max(RATES_MAX).optional(),
    frame: callFrameSchema.optional(),
    note: noteSchema.optional(),
  })
  .meta({
    id: 'CallPatch',
    examples: [
      {
        opens: { on: '2018-11-05', time: '09:00' },
        closes: { on: '2019-03-27', time: '12:00' },
        rates: [{ from: 'CHF', to: 'EUR', rate: '0.8842', on: '2018-10-01' }],
      },
    ],
  });

export const themeAgreementSchema = z
  .strictObject({
    agreed: z.boolean(),
    evidence: evidenceSchema.nullable().default(null),
    note: noteSchema.optional(),
  })
  .meta({ id: 'ThemeAgreement', examples: [{ agreed: true, evidence: 'Minutes of 4 June 2018' }] });

export const regionPartSchema = z
  .strictObject({
    annex: z
      .strictObject({
        publishedOn: dateSchema,
        url: z.url({ protocol: /^https?$/ }).max(URL_LENGTH_MAX),
      })
      .nullable(),
    eligibility: eligibilityRulesSchema.default([]),
    commitments: z.strictObject({
      own: amountSchema.nullable().default(null).meta({ description: 'For its own partners' }),
      pot: amountSchema.nullable().default(null).meta({ description: 'Its part of the common pot' }),
      currency: currencySchema,
    }),
    localCloses: momentSchema
      .nullable()
      .default(null)
      .meta({ description: 'Null: as the common deadline; never later' }),
    zone: zoneSchema.optional().meta({ description: 'Of the local deadline; absent: as before' }),
    constraints: regionFrameSchema.prefault({}),
    note: noteSchema.optional(),
  })
  .meta({
    id: 'CallRegionPart',
    examples: [
      {
        annex: { publishedOn: '2018-09-20', url: 'https://www.ffg.at/irasme' },
        commitments: { own: '1500000.00', currency: 'EUR' },
        localCloses: { on: '2019-03-01', time: '12:00' },
      },
    ],
  });

export const leaveRequestSchema = z
  .strictObject({ reason: noteSchema.min(1) })
  .meta({ id: 'CallLeave', examples: [{ reason: 'No budget this year.' }] });

export const joinRequestSchema = z
  .strictObject({ note: noteSchema.optional() })
  .meta({ id: 'CallJoin', examples: [{ note: 'The budget is there now.' }] });

const momentAnswerSchema = z.strictObject({
  on: dayAnswerSchema,
  time: z.string(),
  zone: z.string(),
  offset: z.string().meta({ description: 'Of the zone at that instant, such as +02:00' }),
  at: instantAnswerSchema,
});

const partStateSchema = z.enum(['in', 'left', 'dropped', 'withdrawn']);
const gapsSchema = z
  .array(z.enum(['annex', 'budget', 'text']))
  .meta({ description: 'What is missing of its package; empty: it is ready' });

const moneySchema = z.strictObject({ amount: z.string(), currency: currencySchema });

export const callRegionSchema = z
  .strictObject({
    scheme: z.string(),
    call: z.string(),
    region: z.string(),
    label: z.string(),
    country: z.string(),
    version: z.int(),
    state: partStateSchema,
    since: instantAnswerSchema,
    leftReason: z.string().nullable(),
    missing: gapsSchema,
    readyAt: instantAnswerSchema.nullable(),
    annex: z.strictObject({ publishedOn: dayAnswerSchema, url: z.string().nullable() }).nullable(),
    eligibility: z.array(z.record(z.string(), z.unknown())),
    commitments: z.strictObject({
      own: z.string().nullable(),
      pot: z.string().nullable(),
      currency: currencySchema,
    }),
    localCloses: momentAnswerSchema.nullable(),
    constraints: z.record(z.string(), z.unknown()),
    changedAt: instantAnswerSchema,
    changedBy: z.string(),
  })
  .meta({ id: 'CallRegion' });

export const callSchema = z
  .strictObject({
    scheme: z.string(),
    key: z.string(),
    version: z.int(),
    title: z.string(),
    theme: z.string(),
    activities: z.array(z.string()),
    lead: z.string(),
    pot: potSchema,
    zone: z.string(),
    cycleId: z.string(),
    cycle: cycleSchema,
    textFinalOn: dayAnswerSchema.nullable(),
    packageUntil: dayAnswerSchema.nullable().meta({
      description: 'The last day on which a region may complete its part; the day after, it leaves',
    }),
    opens: momentAnswerSchema.nullable(),
    closes: momentAnswerSchema.nullable(),
    rankingOn: dayAnswerSchema.nullable(),
    startOn: dayAnswerSchema.nullable(),
    scoring: scoringSchema,
    funding: z.enum(['stop', 'skip']),
    eligibility: z.array(z.record(z.string(), z.unknown())),
    rates: z.array(z.strictObject({ from: z.string(), to: z.string(), rate: z.string(), on: z.string() })),
    frame: z.record(z.string(), z.unknown()),
    criticalMass: z.strictObject({
      verdict: z.enum(['reached', 'missed', 'unknown']),
      regions: z.int(),
      countries: z.int(),
      regionsNeeded: z.int().nullable(),
      countriesNeeded: z.int(),
    }),
    regions: z.array(
      z.strictObject({
        region: z.string(),
        label: z.string(),
        country: z.string(),
        state: partStateSchema,
        since: instantAnswerSchema,
        leftReason: z.string().nullable(),
        missing: gapsSchema,
        readyAt: instantAnswerSchema.nullable(),
      }),
    ),
    proposedAt: instantAnswerSchema,
    changedAt: instantAnswerSchema,
  })
  .meta({ id: 'Call' });

export const callPageSchema = pageSchema('CallPage', callSchema);

const sumsShape = {
  committed: moneySchema,
  reserved: moneySchema,
  granted: moneySchema,
  free: moneySchema,
};

export const commitmentsSchema = z
  .strictObject({
    scheme: z.string(),
    call: z.string(),
    pot: potSchema,
    rows: z.array(z.strictObject({ region: z.string(), purse: z.enum(['own', 'pot']), ...sumsShape })),
    totals: z
      .array(z.strictObject({ currency: currencySchema, ...sumsShape }))
      .meta({ description: 'Per currency; different currencies are never added' }),
    withoutBudget: z.array(z.string()),
    rates: z.array(z.strictObject({ from: z.string(), to: z.string(), rate: z.string(), on: z.string() })),
  })
  .meta({ id: 'CallCommitments' });
