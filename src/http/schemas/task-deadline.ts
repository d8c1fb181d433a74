import { z } from 'zod';
import { dateSchema, noteSchema } from './texts.js';

export const extensionRequestSchema = z
  .strictObject({
    until: dateSchema.meta({ description: 'A day after the due day' }),
    reason: noteSchema.min(1),
  })
  .meta({ id: 'ExtensionRequest', examples: [{ until: '2017-05-15', reason: 'The study comes in May.' }] });

export const extensionDecisionSchema = z
  .strictObject({ granted: z.boolean(), note: noteSchema.nullish() })
  .meta({ id: 'ExtensionDecision' });

export const taskPrioritySchema = z
  .strictObject({ priority: z.enum(['low', 'normal', 'high', 'urgent']) })
  .meta({ id: 'TaskPriority' });
