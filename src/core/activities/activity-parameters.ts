import { z } from 'zod';
import { labelsSchema, type Labels } from '../terms/language.js';
import { matchingParametersSchema } from './propose-activities.js';
import { ratingParametersSchema } from './rate-activity.js';
import { themeSchema } from './transformative-activity.js';

/**
 * File format of `config/activities/default.json`: by what candidates are found and shown. What a gate asks of an
 * activity stands in its rulebook; the shipped files name the same thresholds.
 */
export const activityParametersSchema = z.strictObject({
  ...matchingParametersSchema.shape,
  rating: ratingParametersSchema,
  /** What each theme is called: an activity that was given no name goes by it. */
  themes: z.record(themeSchema, labelsSchema),
  source: z.string().min(1),
});

export type ActivityParameters = Readonly<z.infer<typeof activityParametersSchema>>;

/** What a theme is called; one that the file does not name goes by its own word. */
export function themeLabels({ themes }: Pick<ActivityParameters, 'themes'>, theme: string): Labels {
  return themes[theme] ?? { de: theme, fr: theme, it: theme, sl: theme, en: theme };
}
