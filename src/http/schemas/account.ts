import { z } from 'zod';
import { LANGUAGES } from '../../core/terms/language.js';
import { ACCOUNT_ROLES } from '../../core/terms/role.js';
import { nutsCodeSchema } from './ids.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { instantAnswerSchema, nameSchema, noteSchema } from './texts.js';

export const accountIdSchema = nameSchema.meta({ examples: ['authority-DE1'] });

export const accountQuerySchema = z.strictObject({
  ...pageQueryShape,
  role: z.enum(ACCOUNT_ROLES).optional(),
  region: nutsCodeSchema.optional(),
});

export const accountSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(ACCOUNT_ROLES),
    region: z.string().nullable().meta({ description: "Of an authority; null for everybody else's" }),
    language: z.enum(LANGUAGES),
    email: z.string(),
    createdAt: instantAnswerSchema,
    disabledAt: instantAnswerSchema.nullable().meta({ description: 'Since when the token does not work' }),
    disabledBy: z.string().nullable(),
    disabledReason: z.string().nullable(),
  })
  .meta({ id: 'Account' });

export const accountPageSchema = pageSchema('AccountPage', accountSchema);

export const accountDisablingSchema = z
  .strictObject({
    reason: noteSchema.min(1).regex(/\S/, 'more than blanks'),
    reassignTo: nameSchema
      .nullish()
      .meta({ description: 'Account id of whoever gets the tasks; absent: whoever may can take them' }),
  })
  .meta({ id: 'AccountDisabling', examples: [{ reason: 'has left the office', reassignTo: 'deputy-DE1' }] });

export const disabledAccountSchema = z
  .strictObject({
    account: accountSchema,
    tasks: z.array(z.string()).meta({ description: 'Tasks that were in its hands' }),
    absences: z.array(z.string()).meta({ description: 'Absences of others in which nobody stands in now' }),
  })
  .meta({ id: 'DisabledAccount' });
