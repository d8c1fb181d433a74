import { z } from 'zod';
import { LANGUAGES } from '../../core/terms/language.js';
import { ACCOUNT_ROLES } from '../../core/terms/role.js';

export const meSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum([...ACCOUNT_ROLES, 'system']),
    region: z.string().nullable(),
    language: z.enum(LANGUAGES),
  })
  .meta({ id: 'Me' });
