import { z } from 'zod';
import { pageSchema } from './paging.js';
import { instantAnswerSchema } from './texts.js';

const deadLetterSchema = z
  .strictObject({
    effect: z.string(),
    type: z.string(),
    payload: z.record(z.string(), z.unknown()),
    reason: z.string(),
    attempts: z.int(),
    diedAt: instantAnswerSchema,
  })
  .meta({ id: 'DeadLetter' });

export const deadLetterPageSchema = pageSchema('DeadLetterPage', deadLetterSchema);

export const retrySchema = z.strictObject({ effect: z.string() }).meta({ id: 'Retry' });

export const liveSchema = z.strictObject({ status: z.literal('up') }).meta({ id: 'Liveness' });

export const readySchema = z
  .strictObject({
    status: z.enum(['ready', 'not-ready']),
    checks: z
      .record(z.string(), z.string().nullable())
      .meta({ description: 'Null: in order; else the reason why not' }),
  })
  .meta({ id: 'Readiness' });
