import { z } from 'zod';
import { parseCalendarDate, type CalendarDate } from '../core/calendar/calendar-date.js';
import { makeWorkingCalendar, type WorkingCalendar } from '../core/calendar/working-calendar.js';
import { DomainError } from '../core/terms/domain-error.js';
import type { Problem } from '../core/terms/problem.js';
import { schemaProblems } from '../core/terms/schema-problems.js';

/** Most holidays in one file: more than a hundred years of thirty. */
const HOLIDAYS_MAX = 5000;

const dateSchema = z.iso.date().transform((text, context): CalendarDate => {
  const date = parseCalendarDate(text);
  if (date !== null) return date;
  context.addIssue({
    code: 'custom',
    params: { code: 'calendar.date-invalid' },
    message: `${text} is no date`,
  });
  return z.NEVER;
});

/** File format of `config/calendars/<id>.json`. */
const calendarFileSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/),
  zone: z.string(),
  weekend: z.array(z.int()),
  coveredYears: z.strictObject({ first: z.int(), last: z.int() }),
  source: z.string().min(1),
  /** What the list of holidays leaves out or adds, for the reader. */
  note: z.string().min(1).optional(),
  holidays: z.array(dateSchema).max(HOLIDAYS_MAX),
});

/** Judges a calendar file and prepares it for counting. */
export function readCalendar(definition: unknown): WorkingCalendar | { problems: Problem[] } {
  const parsed = calendarFileSchema.safeParse(definition);
  if (!parsed.success) return { problems: schemaProblems(parsed.error, definition) };
  try {
    return makeWorkingCalendar(parsed.data);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return {
      problems: [{ pointer: '', code: 'calendar.invalid', message: String(error.details['reason']) }],
    };
  }
}
