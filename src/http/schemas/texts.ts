import { z } from 'zod';
import { parseCalendarDate, type CalendarDate } from '../../core/calendar/calendar-date.js';
import { parseInstant, type Instant } from '../../core/terms/instant.js';
import { labelsSchema as coreLabelsSchema } from '../../core/terms/language.js';

export const NOTE_LENGTH_MAX = 2_000;
export const EVIDENCE_LENGTH_MAX = 500;
const NAME_LENGTH_MAX = 200;
const INSTANT_LENGTH_MAX = 40;

/** Controls but line breaks and tabs: a NUL cannot be stored by PostgreSQL, and nobody types the others. */
const CONTROLS = /[^\P{Cc}\n\r\t]/u;

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !CONTROLS.test(text);
}

function plainText(lengthMax: number) {
  return z
    .string()
    .max(lengthMax)
    .refine(isPlainText, {
      params: { code: 'text.invisible-characters' },
      error: 'no control characters but line breaks and tabs',
    });
}

/** A person's words; more than one line is fine. */
export const noteSchema = plainText(NOTE_LENGTH_MAX);

/** A reference to a document: its number, or where it is. */
export const evidenceSchema = plainText(EVIDENCE_LENGTH_MAX);

/** A name or id that is only looked up. */
export const nameSchema = plainText(NAME_LENGTH_MAX).min(1);

/** A day that exists, `YYYY-MM-DD`. */
export const dateSchema = z
  .string()
  .refine((text) => parseCalendarDate(text) !== null, {
    params: { code: 'date.invalid' },
    error: 'not a day of the calendar, YYYY-MM-DD',
  })
  .meta({ format: 'date', examples: ['2017-03-20'] }) as unknown as z.ZodType<CalendarDate, string>;

/** A day in an answer. */
export const dayAnswerSchema = z.string().meta({ format: 'date' });

/** A point in time: RFC 3339 with any offset. */
export const instantSchema = z
  .string()
  .max(INSTANT_LENGTH_MAX)
  .transform((text, context): Instant => {
    const instant = parseInstant(text);
    if (instant !== null) return instant;
    context.addIssue({ code: 'custom', params: { code: 'instant.invalid' }, message: 'an RFC 3339 instant' });
    return z.NEVER;
  })
  .meta({ format: 'date-time', examples: ['2017-06-30T12:00:00Z'] });

/** A point in time in an answer, in UTC with milliseconds. */
export const instantAnswerSchema = z
  .string()
  .meta({ format: 'date-time', examples: ['2017-03-20T08:00:00.000Z'] });

/** One text in all languages. */
export const labelsAnswerSchema = coreLabelsSchema.meta({ id: 'Labels' });
