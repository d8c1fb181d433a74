import { z } from 'zod';
import { syncScopeSchema } from '../../core/sync/sync-scope.js';
import { wholeNumber } from './ids.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, instantSchema } from './texts.js';

const SEED_MAX = 999_999_999;

export const forecastQuerySchema = z.strictObject({
  at: instantSchema.optional().meta({ description: 'Looks ahead from this instant, by what was known then' }),
  by: dateSchema
    .optional()
    .meta({ description: 'The day for which `probabilityBy` is wanted', format: 'date' }),
  seed: wholeNumber(z.int().min(0).max(SEED_MAX))
    .optional()
    .meta({ description: 'The same seed and moment give the same forecast' }),
});

const share = (description: string) => z.number().min(0).max(1).meta({ description });

const memberSchema = z.strictObject({
  member: z.string(),
  share: share('In how many of all futures it is the last one needed'),
});

const stepSchema = z.strictObject({
  step: z.string(),
  region: z.string(),
  kind: z.string(),
  gate: z.string().nullable().meta({ description: 'The gate at its end; null: none' }),
  share: share('In how many of all futures the release waits for it'),
  waitDays: z.number().meta({ description: 'Calendar days that the release waits for it, on average' }),
  daysGainedByAWeek: z
    .number()
    .nullable()
    .meta({ description: 'Days that the release comes earlier if it takes a week less; null: not tried' }),
});

const outlookShape = {
  earliestOn: dayAnswerSchema.nullable().meta({ description: 'A tenth of all futures comes before it' }),
  latestOn: dayAnswerSchema.nullable().meta({ description: 'A tenth of all futures comes after it' }),
  completedSteps: z.int().meta({ description: 'Completed stages and tasks on which it rests' }),
  members: z.array(memberSchema).meta({ description: 'The critical region first' }),
  steps: z.array(stepSchema).meta({ description: 'The critical stage, with its gate, first' }),
};

const outlookSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('range'),
      ...outlookShape,
      completedStepsNeeded: z.int().meta({ description: 'From so many on a probability is given' }),
    }),
    z.strictObject({
      kind: z.literal('distribution'),
      ...outlookShape,
      quantiles: z.array(
        z.strictObject({ share: share('Part of all futures'), on: dayAnswerSchema.nullable() }),
      ),
      byDate: z
        .array(z.strictObject({ on: dayAnswerSchema, probability: share('That it is released by then') }))
        .meta({ description: 'Thinned: the first day of each twentieth' }),
      releasedAtLatestShare: share('Futures in which the deadline comes before enough have arrived'),
    }),
    z.strictObject({ kind: z.literal('released'), on: dayAnswerSchema }),
    z.strictObject({ kind: z.literal('unreachable') }),
    z.strictObject({
      kind: z.literal('unknown'),
      lacking: z.array(z.string()).meta({ description: 'Of these there is neither history nor a target' }),
    }),
  ])
  .meta({ id: 'Outlook' });

const pointForecastSchema = z
  .strictObject({
    point: z.string(),
    scope: syncScopeSchema,
    label: z.string(),
    milestone: z.string(),
    outlook: outlookSchema.nullable().meta({ description: 'Null: `limits` says why there is none' }),
    limits: z.array(
      z.enum([
        'rule.asks-facts',
        'point.cancelled',
        'milestone.not-ahead',
        'member.resting',
        'deadline.passed',
        'deadline.drops-late',
      ]),
    ),
    probabilityBy: share('By the end of the day `by`')
      .nullable()
      .meta({ description: 'Null: no day was given, or no probability is known' }),
  })
  .meta({ id: 'PointForecast' });

export const forecastSchema = z
  .strictObject({
    scheme: z.string(),
    at: instantAnswerSchema,
    asOf: dayAnswerSchema,
    by: dayAnswerSchema.nullable(),
    seed: z.int(),
    runs: z.int(),
    completedSteps: z.int(),
    syncPoints: z.array(pointForecastSchema),
    milestones: z
      .array(pointForecastSchema)
      .meta({ description: 'What lies ahead of each activity and call by its own workflow' }),
  })
  .meta({ id: 'Forecast' });

const driftSchema = z.strictObject({
  region: z.string(),
  milestone: z.string(),
  arrivedOn: dayAnswerSchema.nullable(),
  daysAhead: z
    .number()
    .nullable()
    .meta({ description: 'Of the median of the others; negative: behind. Null: not known yet' }),
  isSettled: z.boolean().meta({ description: 'False: it still grows' }),
});

export const schemeDriftSchema = z
  .strictObject({
    scheme: z.string(),
    at: instantAnswerSchema,
    asOf: dayAnswerSchema,
    milestones: z.array(z.strictObject({ milestone: z.string(), label: z.string() })),
    drifts: z.array(driftSchema),
    overTime: z.array(z.strictObject({ asOf: dayAnswerSchema, drifts: z.array(driftSchema) })),
  })
  .meta({ id: 'SchemeDrift' });
