import { z } from 'zod';
import { parseInstant, type Instant } from '../../core/terms/instant.js';
import { LANGUAGES } from '../../core/terms/language.js';
import { pageSchema } from './paging.js';
import { instantAnswerSchema } from './texts.js';

const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;

/** Days and smaller of an ISO 8601 duration in milliseconds; null for anything else, months and years included. */
function durationMs(text: string): number | null {
  try {
    const duration = Temporal.Duration.from(text);
    if (duration.years !== 0 || duration.months !== 0) return null;
    const days = duration.weeks * DAYS_PER_WEEK + duration.days;
    return days * MS_PER_DAY + duration.with({ weeks: 0, days: 0 }).total('milliseconds');
  } catch {
    return null;
  }
}

const CLOCK_INVALID = 'clock.invalid';

const advanceSchema = z
  .string()
  .max(100)
  .transform((text, context): number => {
    const ms = durationMs(text);
    if (ms !== null) return ms;
    const message = 'an ISO 8601 duration of weeks, days, hours, minutes and seconds: P30D';
    context.addIssue({ code: 'custom', params: { code: CLOCK_INVALID }, message });
    return z.NEVER;
  })
  .meta({ format: 'duration', examples: ['P30D'] });

const nowSchema = z
  .string()
  .max(100)
  .transform((text, context): Instant => {
    const instant = parseInstant(text);
    if (instant !== null) return instant;
    context.addIssue({ code: 'custom', params: { code: CLOCK_INVALID }, message: 'an RFC 3339 instant' });
    return z.NEVER;
  })
  .meta({ format: 'date-time', examples: ['2017-03-20T08:00:00Z'] });

/** Moves the clock by a duration (backwards with a minus), or to a point in time. */
export const clockMoveSchema = z
  .union([z.strictObject({ advance: advanceSchema }), z.strictObject({ now: nowSchema })])
  .meta({ id: 'ClockMove' });

export const clockSchema = z.strictObject({ now: instantAnswerSchema }).meta({ id: 'Clock' });

const mailSchema = z
  .strictObject({
    id: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    language: z.enum(LANGUAGES),
    keptAt: instantAnswerSchema,
  })
  .meta({ id: 'Mail' });

export const mailPageSchema = pageSchema('MailPage', mailSchema);
