import { z } from 'zod';
import { stepEventSchema } from '../../core/machines/workflow-schema.js';
import { pinnedDefinitionSchema } from './definition.js';
import { gateSchema, VERDICT_WORDS } from './gate.js';
import { nutsCodeSchema, uuidSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dayAnswerSchema, instantAnswerSchema } from './texts.js';

const GATE_LENGTH_MAX = 200;

export const gateIdSchema = z
  .string()
  .max(GATE_LENGTH_MAX)
  .regex(/^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+$/, 'words joined by underscores and dots')
  .meta({ examples: ['agenda_setting.exit'] });

export const storedDecisionQuerySchema = z.strictObject({
  ...pageQueryShape,
  cycle: uuidSchema.optional(),
  region: nutsCodeSchema.optional(),
  gate: gateIdSchema.optional(),
  verdict: z.enum(VERDICT_WORDS).optional(),
});

const headShape = {
  id: z.string(),
  cycle: z.string(),
  sequence: z.int().meta({ description: 'Of the entry of the history that tells of it' }),
  scheme: z.string(),
  region: z.string(),
  cycleNumber: z.int(),
  at: instantAnswerSchema,
  today: dayAnswerSchema.meta({ description: 'The day in the region’s zone' }),
  actor: z.strictObject({ id: z.string(), name: z.string(), role: z.string() }),
  event: stepEventSchema.meta({ description: '`timer:<id>`: a timer of the stage, on nobody’s wish' }),
  gate: z.string(),
  to: z.string(),
  outcome: z.enum(['moved', 'refused']),
  verdict: z.enum(VERDICT_WORDS),
  workflow: pinnedDefinitionSchema,
  rulebook: pinnedDefinitionSchema,
};

const headSchema = z.strictObject(headShape).meta({ id: 'StoredDecisionHead' });

export const storedDecisionPageSchema = pageSchema('StoredDecisionPage', headSchema);

const scalarSchema = z.union([z.boolean(), z.number(), z.string()]);

export const decidedFactSchema = z
  .strictObject({
    fact: z.string(),
    label: z.string(),
    value: scalarSchema,
    precision: z.string().nullable(),
    observedOn: dayAnswerSchema.nullable(),
    evidence: z.string().nullable(),
    note: z.string().nullable(),
    recordedBy: z.string(),
    recordedAt: instantAnswerSchema,
    cycleNumber: z.int(),
    isStale: z.boolean().meta({ description: 'Too old to count on that day' }),
  })
  .meta({ id: 'DecidedFact' });

export const storedDecisionSchema = z
  .strictObject({
    ...headShape,
    explanation: gateSchema,
    facts: z
      .array(decidedFactSchema)
      .meta({ description: 'What was known of the facts that the rules of the gate can look at' }),
    waivers: z.array(
      z.strictObject({
        id: z.string(),
        rule: z.string(),
        reason: z.string(),
        grantedBy: z.string(),
        secondedBy: z.string(),
        endsOn: dayAnswerSchema,
      }),
    ),
    calendars: z.strictObject({ own: z.string(), neighbours: z.array(z.string()) }),
  })
  .meta({ id: 'StoredDecision' });
