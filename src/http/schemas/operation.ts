import { z } from 'zod';
import { nutsCodeSchema, schemeIdSchema, stageSchema, uuidSchema, versionSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dateSchema, instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

export const OPERATION_STATUSES = ['planned', 'running', 'cancelled', 'done'] as const;

export const ITEM_STATUSES = ['waiting', 'done', 'refused', 'failed', 'cancelled', 'unchanged'] as const;

const VERBS = ['advance', 'suspend', 'resume', 'reassign', 'remind', 'migrate', 'revert-migration'] as const;

const TASK_KINDS = [
  'sub-step',
  'provide-facts',
  'conditional-action',
  'standing-rule',
  'consultation',
] as const;

/** Regions of one filter; a scheme has fewer. */
const REGIONS_MAX = 200;

const regionsSchema = z.array(nutsCodeSchema).min(1).max(REGIONS_MAX);

const cycleFilterSchema = z
  .strictObject({
    scheme: schemeIdSchema.optional(),
    regions: regionsSchema.optional(),
    stage: stageSchema.optional(),
    status: z.enum(['active', 'suspended']).optional(),
  })
  .meta({ id: 'CycleFilter', description: 'Living cycles; what is absent does not narrow' });

const taskFilterSchema = z
  .strictObject({
    scheme: schemeIdSchema.optional(),
    regions: regionsSchema.optional().meta({ description: 'Whose cycle the task belongs to' }),
    stage: stageSchema.optional(),
    status: z.enum(['open', 'claimed', 'parked']).optional(),
    kind: z.enum(TASK_KINDS).optional(),
    assignee: nameSchema.nullable().optional().meta({ description: 'Null: tasks that nobody has taken' }),
    overdue: z.boolean().optional(),
  })
  .meta({ id: 'TaskFilter', description: 'Tasks that wait for somebody; what is absent does not narrow' });

const commonShape = {
  reason: noteSchema.min(1).meta({ description: 'Stands in the log of every item, and in the notices' }),
};

const decidedOn = dateSchema.optional().meta({ description: 'The day of the decision; absent: today' });
const noParameters = z.strictObject({}).default({});

/** What is to be done to many at once. */
export const operationOrderSchema = z
  .discriminatedUnion('verb', [
    z.strictObject({
      verb: z.literal('advance'),
      filter: cycleFilterSchema,
      parameters: z.strictObject({ to: stageSchema.optional(), decidedOn }).default({}),
      ...commonShape,
    }),
    z.strictObject({
      verb: z.enum(['suspend', 'resume']),
      filter: cycleFilterSchema,
      parameters: z.strictObject({ decidedOn }).default({}),
      ...commonShape,
    }),
    z.strictObject({
      verb: z.literal('reassign'),
      filter: taskFilterSchema,
      parameters: z.strictObject({ to: nameSchema.meta({ description: 'Account id' }) }),
      ...commonShape,
    }),
    z.strictObject({
      verb: z.literal('remind'),
      filter: taskFilterSchema,
      parameters: noParameters,
      ...commonShape,
    }),
    z.strictObject({
      verb: z.literal('migrate'),
      filter: cycleFilterSchema.default({}),
      parameters: z.strictObject({ workflow: nameSchema, toVersion: versionSchema }),
      ...commonShape,
    }),
    z.strictObject({
      verb: z.literal('revert-migration'),
      filter: z.strictObject({ regions: regionsSchema.optional() }).default({}),
      parameters: z.strictObject({ operation: uuidSchema }),
      ...commonShape,
    }),
  ])
  .meta({
    id: 'OperationOrder',
    examples: [
      { verb: 'suspend', filter: { scheme: 's3-4alpclusters' }, reason: 'Elections in all regions' },
      {
        verb: 'migrate',
        parameters: { workflow: 'region-cycle', toVersion: 2 },
        reason: 'The second version of the procedure',
      },
    ],
  });

export const operationQuerySchema = z.strictObject({
  ...pageQueryShape,
  scheme: schemeIdSchema.optional(),
  status: z.enum(OPERATION_STATUSES).optional(),
});

export const itemQuerySchema = z.strictObject({
  ...pageQueryShape,
  status: z.enum(ITEM_STATUSES).optional(),
});

export const operationSchema = z
  .strictObject({
    id: z.string(),
    verb: z.enum(VERBS),
    scheme: z.string().nullable(),
    filter: z.record(z.string(), z.unknown()),
    parameters: z.record(z.string(), z.unknown()),
    reason: z.string(),
    status: z.enum(OPERATION_STATUSES),
    version: z.int(),
    by: z
      .strictObject({ id: z.string(), name: z.string() })
      .meta({ description: 'Who started it; who planned it, while it is planned' }),
    plannedAt: instantAnswerSchema,
    startedAt: instantAnswerSchema.nullable(),
    endedAt: instantAnswerSchema.nullable(),
    total: z.int(),
    counts: z.strictObject({
      waiting: z.int(),
      done: z.int(),
      refused: z.int(),
      failed: z.int(),
      cancelled: z.int(),
      unchanged: z.int(),
    }),
    progress: z.number().meta({ description: 'Part of the items that do not wait any more, from 0 to 1' }),
  })
  .meta({ id: 'Operation' });

export const operationPageSchema = pageSchema('OperationPage', operationSchema);

const resultShape = {
  code: z.string().meta({ description: 'An error code where it is refused; else a word for what happens' }),
  words: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
};

export const operationItemSchema = z
  .strictObject({
    position: z.int(),
    kind: z.enum(['cycle', 'task']),
    subject: z.string(),
    region: z.string(),
    status: z.enum(ITEM_STATUSES),
    plan: z
      .strictObject({ result: z.enum(['done', 'refused', 'unchanged']), ...resultShape })
      .meta({ description: 'What would have happened when the operation was planned' }),
    outcome: z
      .strictObject({ result: z.enum(['done', 'refused', 'unchanged', 'failed']), ...resultShape })
      .nullable()
      .meta({ description: 'What did happen; null: nothing, or not yet' }),
    at: instantAnswerSchema.nullable(),
  })
  .meta({ id: 'OperationItem' });

export const operationItemPageSchema = pageSchema('OperationItemPage', operationItemSchema);
