import { z } from 'zod';
import { FINDING_CODES } from '../../core/proof/finding-code.js';
import { instantAnswerSchema } from './texts.js';

const detailsSchema = z.record(z.string(), z.unknown());

const findingSchema = z
  .strictObject({
    code: z.enum(FINDING_CODES),
    subject: z.string().meta({ description: 'What it is about, unique within the code' }),
    cycle: z.string().nullable(),
    severity: z.enum(['error', 'warning']),
    cause: z.string(),
    remedy: z.string(),
    details: detailsSchema.meta({ description: 'The particulars, of a shape of its own for each code' }),
  })
  .meta({ id: 'Finding' });

export const examinationSchema = z
  .strictObject({
    healthy: z.boolean().meta({ description: 'Nothing was found' }),
    examinedAt: instantAnswerSchema,
    findings: z.array(findingSchema),
    checked: z
      .strictObject({
        cycles: z.int(),
        tasks: z.int(),
        timers: z.int(),
        syncPoints: z.int(),
        effects: z.int(),
        operations: z.int(),
        histories: z.int().meta({ description: 'Cycles whose history was verified; a few in turn' }),
      })
      .meta({ id: 'Checked', description: 'How much was looked at' }),
  })
  .meta({ id: 'Examination' });
