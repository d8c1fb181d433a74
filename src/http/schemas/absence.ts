import { z } from 'zod';
import { pageQueryShape, pageSchema } from './paging.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, nameSchema } from './texts.js';

export const absenceQuerySchema = z.strictObject({
  ...pageQueryShape,
  account: nameSchema.optional().meta({ description: 'Account id of whoever is away' }),
});

export const newAbsenceSchema = z
  .strictObject({
    account: nameSchema.meta({ description: 'Account id of whoever is away' }),
    substitute: nameSchema.meta({ description: 'Account id: of the same role and region' }),
    fromOn: dateSchema.meta({ description: 'The first day away, where the person works' }),
    toOn: dateSchema.meta({ description: 'The last day away' }),
  })
  .meta({
    id: 'NewAbsence',
    examples: [
      { account: 'authority-DE1', substitute: 'deputy-DE1', fromOn: '2017-08-07', toOn: '2017-08-25' },
    ],
  });

export const absenceSchema = z
  .strictObject({
    id: z.string(),
    account: z.string(),
    substitute: z.string(),
    fromOn: dayAnswerSchema,
    toOn: dayAnswerSchema,
    createdBy: z.string(),
    createdAt: instantAnswerSchema,
    endedAt: instantAnswerSchema.nullable().meta({ description: 'When it was ended before its time' }),
  })
  .meta({ id: 'Absence' });

export const absencePageSchema = pageSchema(
  'AbsencePage',
  absenceSchema
    .extend({ isInForce: z.boolean().meta({ description: 'Whether the substitute stands in today' }) })
    .meta({ id: 'DeclaredAbsence' }),
);
