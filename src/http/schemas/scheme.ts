import { z } from 'zod';
import { VERDICT_WORDS } from './gate.js';
import { missingFactSchema } from './missing-fact.js';
import { CYCLE_STATUSES } from './cycle.js';
import { dayAnswerSchema, instantAnswerSchema, labelsAnswerSchema } from './texts.js';
import { pageSchema } from './paging.js';

const regionSchema = z
  .strictObject({
    region: z.string().meta({ description: 'NUTS code' }),
    labels: labelsAnswerSchema,
    country: z.string(),
    language: z.string(),
    zone: z.string(),
    calendar: z.string(),
    class: z.string().nullable(),
    neighbours: z.array(z.string()),
  })
  .meta({ id: 'Region' });

export const schemeSchema = z
  .strictObject({
    id: z.string(),
    labels: labelsAnswerSchema,
    startsOn: dayAnswerSchema,
    endsOn: dayAnswerSchema,
    workflow: z.strictObject({ id: z.string(), version: z.int() }),
    rulebook: z.strictObject({ id: z.string(), version: z.int() }),
    openedAt: instantAnswerSchema,
    regions: z.array(regionSchema),
  })
  .meta({ id: 'Scheme' });

export const schemePageSchema = pageSchema('SchemePage', schemeSchema);

const boardRegionSchema = z
  .strictObject({
    region: z.string().meta({ description: 'NUTS code' }),
    label: z.string(),
    cycle: z.strictObject({ id: z.string(), number: z.int(), version: z.int() }),
    stage: z.string(),
    stageLabel: z.string(),
    status: z.enum(CYCLE_STATUSES),
    gate: z
      .strictObject({
        gate: z.string(),
        to: z.string(),
        verdict: z.enum(VERDICT_WORDS),
        missing: z.array(missingFactSchema),
        failing: z.array(z.string()).meta({ description: 'Ids of the broken rules' }),
      })
      .nullable()
      .meta({
        description: 'Null where no gate stands before the next step, or the cycle is not readable here',
      }),
    waivers: z
      .array(z.strictObject({ rule: z.string(), endsOn: dayAnswerSchema }))
      .meta({ description: 'In force today' }),
    tasksOpen: z.int(),
    overdue: z.int(),
    unreadable: z.string().nullable().meta({
      description:
        'Code of what keeps this program from reading the cycle: a version that it does not have; else null',
    }),
  })
  .meta({ id: 'BoardRegion' });

export const boardSchema = z
  .strictObject({ scheme: z.string(), regions: z.array(boardRegionSchema) })
  .meta({ id: 'Board' });
