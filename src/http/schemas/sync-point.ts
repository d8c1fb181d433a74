import { z } from 'zod';
import { barrierRuleSchema } from '../../core/sync/sync-point.js';
import { schemeIdSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { dayAnswerSchema, instantAnswerSchema } from './texts.js';

export const syncPointQuerySchema = z.strictObject({ ...pageQueryShape, scheme: schemeIdSchema.optional() });

export const syncPointOfSchemeQuerySchema = z.strictObject({ scheme: schemeIdSchema.optional() });

export const syncPointSchema = z
  .strictObject({
    id: z.string(),
    scheme: z.string(),
    label: z.string(),
    milestone: z.string().meta({ description: 'With it a member arrives' }),
    rule: barrierRuleSchema,
    deadline: z.strictObject({
      on: dayAnswerSchema.nullable(),
      policy: z.enum(['hold', 'release', 'escalate']),
    }),
    lateJoiner: z.enum(['add', 'refuse']),
    leaver: z.enum(['shrink', 'hold']),
    members: z.array(
      z.strictObject({
        region: z.string(),
        state: z.enum(['waiting', 'arrived', 'resting', 'left']),
        since: instantAnswerSchema,
      }),
    ),
    needed: z.int().meta({ description: 'How many arrivals the rule asks for now' }),
    arrived: z.array(z.string()),
    missing: z.array(
      z.strictObject({
        region: z.string(),
        reason: z.enum(['milestone-not-reached', 'resting', 'left']),
        cycle: z.string().nullable(),
        stage: z.string().nullable(),
        status: z.string().nullable(),
      }),
    ),
    released: z.boolean(),
    releasedAt: instantAnswerSchema.nullable(),
    releasedWith: z
      .strictObject({ arrived: z.array(z.string()), missing: z.array(z.string()) })
      .nullable()
      .meta({ description: 'What was true at the release' }),
  })
  .meta({ id: 'SyncPoint' });

export const syncPointPageSchema = pageSchema('SyncPointPage', syncPointSchema);
