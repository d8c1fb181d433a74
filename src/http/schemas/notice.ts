import { z } from 'zod';
import { LANGUAGES } from '../../core/terms/language.js';
import { pageQueryShape, pageSchema } from './paging.js';
import { instantAnswerSchema } from './texts.js';

export const noticeQuerySchema = z.strictObject({
  ...pageQueryShape,
  unread: z
    .preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean())
    .default(false)
    .meta({ description: 'Only those that have not been read' }),
});

export const noticeSchema = z
  .strictObject({
    id: z.string(),
    scheme: z.string(),
    region: z.string().nullable(),
    cycle: z.string().nullable(),
    template: z.string(),
    language: z.enum(LANGUAGES),
    subject: z.string(),
    body: z.string(),
    createdAt: instantAnswerSchema,
    readAt: instantAnswerSchema.nullable(),
    mailedAt: instantAnswerSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Notice' });

export const noticePageSchema = pageSchema('NoticePage', noticeSchema);
