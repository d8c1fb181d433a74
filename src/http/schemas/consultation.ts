import { z } from 'zod';
import { ANSWER_WORKING_DAYS_MAX } from '../../engine/consultations/consult-regions.js';
import { nutsCodeSchema } from './ids.js';
import { dayAnswerSchema, instantAnswerSchema, noteSchema } from './texts.js';

const REGIONS_MAX = 100;

export const consultationRequestSchema = z
  .strictObject({
    regions: z
      .array(nutsCodeSchema)
      .min(1)
      .max(REGIONS_MAX)
      .optional()
      .meta({ description: 'Absent: the neighbours in the scheme' }),
    question: noteSchema.min(1).nullish(),
    answerWithinWorkingDays: z
      .int()
      .min(1)
      .max(ANSWER_WORKING_DAYS_MAX)
      .optional()
      .meta({ description: 'In the calendar of the region that answers; absent: as the rulebook says' }),
  })
  .meta({ id: 'ConsultationRequest', examples: [{ regions: ['DE2'], question: 'Do our fields overlap?' }] });

export const consultationListSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          task: z.string(),
          region: z.string().meta({ description: 'Who was asked' }),
          cycleNumber: z.int(),
          status: z.enum(['open', 'claimed', 'parked', 'done', 'cancelled', 'skipped']),
          askedAt: instantAnswerSchema,
          dueOn: dayAnswerSchema.nullable(),
          question: z.string().nullable(),
          answeredAt: instantAnswerSchema.nullable(),
          answer: z.string().nullable(),
        })
        .meta({ id: 'Consultation' }),
    ),
  })
  .meta({ id: 'ConsultationList' });
