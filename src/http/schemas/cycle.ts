import { z } from 'zod';
import { CYCLE_EVENTS, stepEventSchema } from '../../core/machines/workflow-schema.js';
import { gateSchema } from './gate.js';
import { nutsCodeSchema, schemeIdSchema, stageSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { pinnedDefinitionSchema } from './definition.js';
import { dateSchema, instantAnswerSchema, instantSchema, noteSchema } from './texts.js';

export const CYCLE_STATUSES = ['active', 'suspended', 'withdrawn', 'closed'] as const;

export const cycleQuerySchema = z.strictObject({
  ...pageQueryShape,
  scheme: schemeIdSchema.optional(),
  region: nutsCodeSchema.optional(),
  stage: stageSchema.optional(),
});

/** As it stood at an instant; absent: as it stands. */
export const timeQuerySchema = z.strictObject({
  at: instantSchema.optional().meta({ description: 'Time travel: the state as it was at this instant' }),
});

const cycleShape = {
  id: z.string(),
  scheme: z.string(),
  region: z.string(),
  number: z.int(),
  stage: z.string(),
  stageLabel: z.string(),
  status: z.enum(CYCLE_STATUSES),
  version: z.int(),
  workflow: pinnedDefinitionSchema,
  rulebook: pinnedDefinitionSchema,
  stageEnteredAt: instantAnswerSchema,
};

export const cycleSchema = z.strictObject(cycleShape).meta({ id: 'Cycle' });

export const possibleEventSchema = z
  .strictObject({ type: z.enum(CYCLE_EVENTS), to: z.string(), gate: z.string().nullable() })
  .meta({ id: 'PossibleEvent' });

export const cycleWithEventsSchema = z
  .strictObject({ ...cycleShape, possible: z.array(possibleEventSchema) })
  .meta({ id: 'CycleWithEvents' });

export const cyclePageSchema = pageSchema('CyclePage', cycleSchema);

const wishShape = {
  note: noteSchema.optional().meta({ description: 'Why; stands in the log and in the notices' }),
  decidedOn: dateSchema.optional().meta({ description: 'The day of the decision; absent: today' }),
};

const targetedShape = { ...wishShape, to: stageSchema.optional() };

/** What may be asked of a cycle. `to` is for the steps that can lead to several stages. */
export const cycleEventSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('advance'), ...targetedShape }),
    z.strictObject({ type: z.literal('send-back'), ...targetedShape }),
    z.strictObject({ type: z.literal('suspend'), ...wishShape }),
    z.strictObject({ type: z.literal('resume'), ...wishShape }),
    z.strictObject({ type: z.literal('withdraw'), ...wishShape }),
    z.strictObject({ type: z.literal('close'), ...wishShape }),
  ])
  .meta({
    id: 'CycleEvent',
    examples: [{ type: 'advance', note: 'Decided by the steering group', decidedOn: '2017-03-20' }],
  });

export const decisionSchema = z
  .strictObject({
    cycle: cycleSchema,
    verdict: gateSchema.nullable().meta({ description: 'Null for a step without a gate' }),
    transition: z.strictObject({
      sequence: z.int(),
      event: stepEventSchema,
      from: z.string(),
      to: z.string(),
      number: z.int(),
    }),
  })
  .meta({ id: 'Decision' });
