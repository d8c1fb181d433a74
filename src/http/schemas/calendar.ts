import { z } from 'zod';
import { YEAR_FIRST, YEAR_LAST } from '../../core/calendar/calendar-date.js';
import { wholeNumber } from './ids.js';
import { dateSchema, dayAnswerSchema, instantAnswerSchema, nameSchema } from './texts.js';

/** Id of a calendar file: country and subdivision. */
export const calendarIdSchema = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'a country and a subdivision, such as AT-5')
  .meta({ examples: ['AT-5'] });

export const calendarQuerySchema = z.strictObject({
  year: wholeNumber(z.int().min(YEAR_FIRST).max(YEAR_LAST))
    .optional()
    .meta({ description: 'Absent: this year' }),
});

export const closureRequestSchema = z
  .strictObject({ date: dateSchema, label: nameSchema.meta({ description: 'Why nobody works on that day' }) })
  .meta({ id: 'ClosureRequest', examples: [{ date: '2027-05-07', label: 'Bridge day after Ascension' }] });

export const closureSchema = z
  .strictObject({
    id: z.string(),
    calendar: z.string(),
    date: dayAnswerSchema,
    label: z.string(),
    addedBy: z.string(),
    addedAt: instantAnswerSchema,
    removedBy: z.string().nullable(),
    removedAt: instantAnswerSchema.nullable(),
  })
  .meta({ id: 'Closure' });

const headShape = {
  id: z.string(),
  zone: z.string().meta({ description: 'IANA name' }),
  weekend: z.array(z.int()).meta({ description: 'ISO weekdays, 1 Monday to 7 Sunday' }),
  coveredYears: z.strictObject({ first: z.int(), last: z.int() }),
  closuresStanding: z.int(),
};

export const calendarListSchema = z
  .strictObject({ items: z.array(z.strictObject(headShape).meta({ id: 'CalendarHead' })) })
  .meta({ id: 'CalendarList' });

export const calendarSchema = z
  .strictObject({
    ...headShape,
    year: z.int(),
    holidays: z.array(dayAnswerSchema),
    closures: z.array(closureSchema),
  })
  .meta({ id: 'Calendar' });
