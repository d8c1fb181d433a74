import { z } from 'zod';
import { cycleSchema } from './cycle.js';
import { pageSchema } from './paging.js';
import { instantAnswerSchema, noteSchema } from './texts.js';

export const revertSchema = z
  .strictObject({ reason: noteSchema.min(1).meta({ description: 'Stands in the log and in the notices' }) })
  .meta({ id: 'RevertWish', examples: [{ reason: 'The minutes of the meeting say otherwise' }] });

const sentSchema = z.strictObject({
  effect: z.string(),
  type: z.string(),
  at: instantAnswerSchema,
  notices: z.array(
    z.strictObject({
      id: z.string(),
      account: z.string(),
      subject: z.string(),
      mailedAt: instantAnswerSchema.nullable(),
    }),
  ),
});

export const revertedSchema = z
  .strictObject({
    cycle: cycleSchema,
    undone: z.strictObject({
      sequence: z.int(),
      event: z.string(),
      from: z.string(),
      to: z.string(),
      at: instantAnswerSchema,
    }),
    sent: z.array(sentSchema).meta({ description: 'What had happened already and cannot be called back' }),
    recalled: z
      .array(z.strictObject({ effect: z.string(), type: z.string() }))
      .meta({ description: 'What had not happened yet, and now never does' }),
  })
  .meta({ id: 'Reverted' });

export const newModificationSchema = z
  .strictObject({
    kind: z.enum(['skip', 'repeat']),
    task: z
      .string()
      .max(10)
      .regex(/^[A-Z]\d+$/, 'a step of the procedure: A1 to V6'),
    reason: noteSchema.min(1),
  })
  .meta({
    id: 'NewModification',
    examples: [{ kind: 'skip', task: 'A4', reason: 'The region held the survey before the scheme began' }],
  });

export const modificationSchema = z
  .strictObject({
    id: z.string(),
    cycle: z.string(),
    kind: z.enum(['skip', 'repeat']),
    task: z.string(),
    reason: z.string(),
    proposedBy: z.string(),
    proposedAt: instantAnswerSchema,
    signedBy: z.string().nullable(),
    signedAt: instantAnswerSchema.nullable(),
    withdrawnAt: instantAnswerSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Modification' });

export const modificationPageSchema = pageSchema('ModificationPage', modificationSchema);
