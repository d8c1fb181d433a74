import { z } from 'zod';
import { ruleIdSchema } from '../../core/gates/rulebook-schema.js';
import { pageSchema } from './paging.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

export const newWaiverSchema = z
  .strictObject({
    rule: ruleIdSchema,
    reason: noteSchema.min(1),
    secondedBy: nameSchema.meta({ description: 'Account id of the second person' }),
    endsOn: dateSchema.meta({ description: 'The last day on which it counts' }),
  })
  .meta({
    id: 'NewWaiver',
    examples: [
      {
        rule: 'R05',
        reason: 'The survey closes in June; the region joined late',
        secondedBy: 'administrator',
        endsOn: '2017-12-31',
      },
    ],
  });

export const waiverSchema = z
  .strictObject({
    id: z.string(),
    cycle: z.string(),
    cycleNumber: z.int(),
    rule: z.string(),
    reason: z.string(),
    grantedBy: z.string(),
    secondedBy: z.string(),
    endsOn: dayAnswerSchema,
    grantedAt: instantAnswerSchema,
  })
  .meta({ id: 'Waiver' });

export const waiverPageSchema = pageSchema(
  'WaiverPage',
  waiverSchema
    .extend({ isInForce: z.boolean().meta({ description: 'Whether it counts today' }) })
    .meta({ id: 'GrantedWaiver' }),
);
