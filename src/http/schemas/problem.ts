import { z } from 'zod';
import { ERROR_CODES } from '../../core/terms/error-code.js';
import { possibleEventSchema } from './cycle.js';
import { gateSchema } from './gate.js';

const faultSchema = z
  .strictObject({
    in: z.enum(['body', 'query', 'path', 'header']),
    pointer: z.string().meta({ description: 'JSON pointer into the body, or / and the name of a parameter' }),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Fault' });

/** RFC 9457. Codes add members of their own: `gate.refused` the verdict, `event.not-possible` what is possible. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'urn:cordata:problem: and the code' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(ERROR_CODES),
    errors: z.array(faultSchema).optional(),
    verdict: gateSchema.optional().meta({ description: 'With gate.refused' }),
    possible: z.array(possibleEventSchema).optional().meta({ description: 'With event.not-possible' }),
  })
  .meta({ id: 'Problem' });
