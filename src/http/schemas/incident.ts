import { z } from 'zod';
import { pageSchema } from './paging.js';
import { instantAnswerSchema, noteSchema } from './texts.js';

const incidentShape = {
  id: z.string(),
  kind: z.string(),
  subject: z.string().meta({ description: 'What it is about; empty where several may be open' }),
  cycle: z.string().nullable(),
  cause: z.string().nullable().meta({ description: 'In words; null for what the doctor does not know' }),
  remedy: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  raisedAt: instantAnswerSchema,
  resolvedAt: instantAnswerSchema.nullable(),
};

const incidentSchema = z.strictObject(incidentShape).meta({ id: 'Incident' });

export const incidentPageSchema = pageSchema('IncidentPage', incidentSchema);

const actionSchema = z
  .strictObject({
    action: z.enum(['retry', 'resolve']),
    reason: z.string(),
    outcome: z.record(z.string(), z.unknown()),
    actor: z.strictObject({ id: z.string(), name: z.string() }),
    at: instantAnswerSchema,
  })
  .meta({ id: 'IncidentAction' });

export const incidentWithActionsSchema = z
  .strictObject({
    ...incidentShape,
    retryable: z.boolean().meta({ description: 'Whether the remedy can be applied by `retry`' }),
    actions: z.array(actionSchema),
  })
  .meta({ id: 'IncidentWithActions' });

export const incidentResolutionSchema = z
  .strictObject({ reason: noteSchema.min(1) })
  .meta({ id: 'IncidentResolution' });
