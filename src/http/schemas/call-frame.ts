import { z } from 'zod';
import { CALENDAR_STEPS } from '../../core/calls/alignment-constraints.js';
import { ALIGNMENT_DAYS_MAX, LEEWAY_COST_MAX, LEEWAY_DAYS_MAX } from '../../core/calls/judge-constraints.js';
import { nameSchema, dateSchema } from './texts.js';

const BLACKOUTS_MAX = 50;
const MEETINGS_MAX = 100;
const BUDGET_YEARS_MAX = 20;

const leewaySchema = z
  .strictObject({
    daysMax: z.int().min(1).max(LEEWAY_DAYS_MAX),
    costPerDay: z.int().min(1).max(LEEWAY_COST_MAX).default(1),
  })
  .nullable()
  .default(null)
  .meta({ description: 'How far it may give way; null: it is locked' });

const daysSchema = z.strictObject({
  days: z.int().min(0).max(ALIGNMENT_DAYS_MAX),
  leeway: leewaySchema,
});

const daySchema = z.strictObject({ on: dateSchema, leeway: leewaySchema });

const blackoutSchema = z.strictObject({
  name: nameSchema,
  from: dateSchema,
  to: dateSchema,
  forbids: z
    .array(z.enum(CALENDAR_STEPS))
    .min(1)
    .default([...CALENDAR_STEPS]),
  leeway: leewaySchema,
});

const blackoutsSchema = z.array(blackoutSchema).max(BLACKOUTS_MAX).default([]);

const movable = leewaySchema.unwrap().unwrap().optional();

/** What the joint part says about its dates before they are found. */
export const callFrameSchema = z
  .strictObject({
    earliestDay: daySchema.nullable().default(null),
    lastDay: daySchema.nullable().default(null),
    evaluationDays: daysSchema,
    calendar: z.string().max(100).nullable().default(null),
    blackouts: blackoutsSchema,
    ruleLeeways: z
      .strictObject({
        noticeDays: movable,
        openDays: movable,
        localLeadDays: movable,
        decisionDays: movable,
        startGapDays: movable,
      })
      .default({}),
  })
  .meta({ id: 'CallFrame' });

/** What a region says about the dates of a call. */
export const regionFrameSchema = z
  .strictObject({
    noticeDays: daysSchema.nullable().default(null),
    openDays: daysSchema.nullable().default(null),
    localLead: z.strictObject({ least: daysSchema, most: daysSchema }).nullable().default(null),
    meetings: z
      .array(daySchema)
      .max(MEETINGS_MAX)
      .nullable()
      .default(null)
      .meta({ description: 'The days on which its body decides; null: any working day' }),
    decisionDays: daysSchema.nullable().default(null),
    budgetYears: z
      .array(z.strictObject({ name: nameSchema, from: dateSchema, to: dateSchema, leeway: leewaySchema }))
      .max(BUDGET_YEARS_MAX)
      .nullable()
      .default(null)
      .meta({ description: 'The days on which its projects may start; null: any day' }),
    blackouts: blackoutsSchema,
  })
  .meta({ id: 'CallRegionFrame' });
